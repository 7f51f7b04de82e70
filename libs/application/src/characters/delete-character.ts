import { Inject, Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { characterStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import { DATA_KEYS, EVENT_STORE } from '../ports/tokens.js';
import { ownCharacter } from './character-view.js';

/** Destroys what is left of a character after the fact of its deletion was recorded. Safe to repeat. */
@Injectable()
export class CharacterEraser {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
  ) {}

  async destroyContent(characterId: string): Promise<void> {
    const { status, dataKeyId } = await this.runner.read(characterStream, characterId, (state) => ({
      status: state.status,
      dataKeyId: state.dataKeyId,
    }));
    if (status === 'deleted') await this.dataKeys.destroy([dataKeyId]);
  }
}

/** Name, traits and looks are gone for good; pictures are deleted on their own. */
export class DeleteCharacter extends Command<void> {
  constructor(
    readonly tenantId: string,
    readonly characterId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DeleteCharacter)
export class DeleteCharacterHandler implements ICommandHandler<DeleteCharacter> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly eraser: CharacterEraser,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** @throws DomainFailure not_found */
  async execute({ tenantId, characterId, context }: DeleteCharacter): Promise<void> {
    await ownCharacter(this.store, tenantId, characterId);
    const command = { type: 'DeleteCharacter', reason: 'deleted by the tenant' } as const;
    const result = await this.runner.run(characterStream, characterId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    await this.eraser.destroyContent(characterId);
  }
}
