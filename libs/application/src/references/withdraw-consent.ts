import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { referenceConsentStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { ConsentEraser } from './consent-eraser.js';
import { noSuchReference } from './reference-view.js';
import { StoredReferences } from './stored-references.js';

/** The reference is refused from now on; its image and the texts of its consent are gone for good. Safe to repeat. */
export class WithdrawReferenceConsent extends Command<void> {
  constructor(
    readonly tenantId: string,
    readonly referenceId: string,
    readonly reason: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(WithdrawReferenceConsent)
export class WithdrawReferenceConsentHandler implements ICommandHandler<WithdrawReferenceConsent> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly references: StoredReferences,
    private readonly eraser: ConsentEraser,
  ) {}

  /** @throws DomainFailure not_found */
  async execute(command: WithdrawReferenceConsent): Promise<void> {
    const { tenantId, referenceId: id, reason, context } = command;
    if (!this.references.owns(tenantId, id)) throw noSuchReference(id);
    const image = await this.references.find(tenantId, id);
    const imageKeyId = image?.keyId ?? null;
    const withdraw = { type: 'WithdrawConsent', reason, imageKeyId } as const;
    const result = await this.runner.run(referenceConsentStream, id, withdraw, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    // On a repeat the image, if there is one, was uploaded after the withdrawal.
    const isNew = result.kind === 'accepted' && result.events.length > 0;
    if (isNew) await this.references.erase(tenantId, id);
    await this.eraser.destroyContent(id);
  }
}
