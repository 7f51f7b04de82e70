import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { referenceConsentStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { newId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import { CLOCK, DATA_KEYS, SECRETS } from '../ports/tokens.js';
import type { Secrets } from '../secrets.js';
import {
  basisOf,
  consentFingerprint,
  type NewConsent,
  sealConsent,
} from './confidential-consent.js';
import { noSuchReference } from './reference-view.js';
import { StoredReferences } from './stored-references.js';

/** The person whom an uploaded image shows has agreed to its use. Safe to repeat. */
export class RecordReferenceConsent extends Command<void> {
  constructor(
    readonly tenantId: string,
    readonly referenceId: string,
    readonly consent: NewConsent,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RecordReferenceConsent)
export class RecordReferenceConsentHandler implements ICommandHandler<RecordReferenceConsent> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly references: StoredReferences,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainFailure not_found, validation_error, conflict */
  async execute(command: RecordReferenceConsent): Promise<void> {
    const { tenantId, referenceId: id, consent, context } = command;
    if (!(await this.references.has(tenantId, id))) throw noSuchReference(id);
    const now = this.clock.now();
    const key = await this.dataKeys.take();
    const consentId = newId('cns', now.getTime());
    const { grantedAt, expiresAt } = consent;
    const data = {
      ...{ tenantId, consentId, basis: basisOf(consent), grantedAt, expiresAt },
      fingerprint: consentFingerprint(this.secrets, id, consent),
      confidential: sealConsent(consentId, consent, key),
      dataKeyId: key.id,
    };
    const record = { type: 'RecordConsent', consent: data, now: now.toISOString() } as const;
    const result = await this.runner.run(referenceConsentStream, id, record, context);
    const isNew = result.kind === 'accepted' && result.events.length > 0;
    if (!isNew) await this.dataKeys.destroy([key.id]);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
  }
}
