import { isDeepStrictEqual } from 'node:util';
import type { CharacterProfile, TraitValue } from '@imprest/domain';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { characterStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import type { Moderator } from '../ports/moderator.js';
import { DATA_KEYS, EVENT_STORE, MODERATOR } from '../ports/tokens.js';
import { noSuchCharacter, ownCharacter } from './character-view.js';
import { type CharacterRecord, openCharacter, sealProfile } from './confidential-profile.js';
import { judgeProfile } from './judge-profile.js';

/** As a JSON merge patch (RFC 7396): what is not named stays, a trait that is null goes. */
export interface CharacterChanges {
  readonly name?: string;
  readonly traits?: Readonly<Record<string, TraitValue | null>>;
}

export class ChangeCharacter extends Command<CharacterRecord> {
  constructor(
    readonly tenantId: string,
    readonly characterId: string,
    readonly changes: CharacterChanges,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeCharacter)
export class ChangeCharacterHandler implements ICommandHandler<ChangeCharacter> {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(MODERATOR) private readonly moderator: Moderator,
  ) {}

  /** @throws DomainFailure not_found, validation_error, content_policy, conflict, unavailable */
  async execute(command: ChangeCharacter): Promise<CharacterRecord> {
    const { tenantId, characterId: id, changes, context } = command;
    const view = await ownCharacter(this.store, tenantId, id);
    const known = await openCharacter(this.dataKeys, view);
    const profile = merged(known, changes);
    const traitsChanged = !isDeepStrictEqual(profile.traits, known.traits);
    if (!traitsChanged && profile.name === known.name) return known;
    await judgeProfile(this.moderator, profile);
    const key = (await this.dataKeys.open([view.dataKeyId])).get(view.dataKeyId);
    if (key === undefined) throw noSuchCharacter(id);
    const confidential = sealProfile(id, profile, key);
    const replaces = view.confidential;
    const change = { type: 'ChangeCharacter', replaces, confidential, traitsChanged } as const;
    const result = await this.runner.run(characterStream, id, change, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    return openCharacter(this.dataKeys, await ownCharacter(this.store, tenantId, id));
  }
}

function merged(known: CharacterProfile, { name, traits = {} }: CharacterChanges) {
  const entries = Object.entries({ ...known.traits, ...traits }).filter(
    (entry): entry is [string, TraitValue] => entry[1] !== null,
  );
  return { name: name ?? known.name, traits: Object.fromEntries(entries) };
}
