import type { CharacterProfile } from '@imprest/domain';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { characterStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { demandModel } from '../generations/key-models.js';
import { soldModel } from '../generations/sold-model.js';
import type { Submitter } from '../generations/submitter.js';
import { idOfRequest } from '../identifiers.js';
import { keyedFingerprint } from '../keyed-fingerprint.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import type { Moderator } from '../ports/moderator.js';
import {
  CLOCK,
  DATA_KEYS,
  EVENT_STORE,
  MODEL_CATALOGUE,
  MODERATOR,
  SECRETS,
} from '../ports/tokens.js';
import type { Secrets } from '../secrets.js';
import { ownCharacter } from './character-view.js';
import { type CharacterRecord, openCharacter, sealProfile } from './confidential-profile.js';
import { judgeProfile } from './judge-profile.js';

export interface CreatedCharacter {
  readonly character: CharacterRecord;
  /** True when the idempotency key had been used for the same request before. */
  readonly replayed: boolean;
}

export class CreateCharacter extends Command<CreatedCharacter> {
  constructor(
    readonly submitter: Pick<Submitter, 'tenantId' | 'models' | 'dialect' | 'idempotencyKey'>,
    readonly model: string,
    readonly profile: CharacterProfile,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CreateCharacter)
export class CreateCharacterHandler implements ICommandHandler<CreateCharacter> {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(MODERATOR) private readonly moderator: Moderator,
    @Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainFailure validation_error, forbidden, content_policy, conflict, unavailable */
  async execute({ submitter, profile, ...command }: CreateCharacter): Promise<CreatedCharacter> {
    const { tenantId, models, dialect, idempotencyKey } = submitter;
    const model = soldModel(this.catalogue, command.model, dialect, 'image').alias;
    demandModel(models, model);
    await judgeProfile(this.moderator, profile);
    const now = this.clock.now().getTime();
    const id = idOfRequest('chr', now, tenantId, idempotencyKey);
    const key = await this.dataKeys.take();
    const character = {
      ...{ tenantId, model },
      fingerprint: idempotencyKey === null ? '' : this.fingerprint(model, profile),
      confidential: sealProfile(id, profile, key),
      dataKeyId: key.id,
    };
    const create = { type: 'CreateCharacter', character } as const;
    const result = await this.runner.run(characterStream, id, create, command.context);
    const isNew = result.kind === 'accepted' && result.events.length > 0;
    if (!isNew) await this.dataKeys.destroy([key.id]);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    const view = await ownCharacter(this.store, tenantId, id);
    return { character: await openCharacter(this.dataKeys, view), replayed: !isNew };
  }

  private fingerprint(model: string, { name, traits }: CharacterProfile): string {
    const sorted = Object.entries(traits).sort(([a], [b]) => (a < b ? -1 : 1));
    return keyedFingerprint(this.secrets, [model, name, sorted]);
  }
}
