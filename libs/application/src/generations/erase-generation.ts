import { domainError, isTerminal } from '@imprest/domain';
import { streamName, toDomainEvent } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { EncryptedAssets } from '../confidential/index.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { generationStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { WithheldOutputs } from '../moderation/withheld-outputs.js';
import { eraseImage } from '../outputs/index.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import { DATA_KEYS, EVENT_STORE } from '../ports/tokens.js';
import type { GenerationView } from './generation-view.js';
import { loadGeneration } from './load-generation.js';
import { ownGeneration } from './own-generation.js';

/** Erases one generation by destroying its keys; the books keep the amounts. */
@Injectable()
export class GenerationEraser {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly assets: EncryptedAssets,
    private readonly withheld: WithheldOutputs,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
  ) {}

  /**
   * Work still open is cancelled first. The fact is recorded before the keys go: from then on nobody is
   * shown the generation, and what a crash leaves of it is destroyed by the reactor on the fact.
   * @returns false when it had been erased before
   * @throws DomainFailure
   */
  async erase(view: GenerationView, reason: string, context: CommandContext): Promise<boolean> {
    const { id } = view;
    if (!isTerminal(view.status)) {
      // Refused when it has ended meanwhile, which is as good.
      await this.runner.run(generationStream, id, { type: 'CancelGeneration', reason }, context);
    }
    const command = { type: 'EraseGeneration', reason } as const;
    const result = await this.runner.run(generationStream, id, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    await this.destroyContent(id);
    return result.kind === 'accepted' && result.events.length > 0;
  }

  /** What was delivered, and what was withheld and kept for moderators. Safe to repeat. */
  async destroyContent(generationId: string): Promise<void> {
    const view = await loadGeneration(this.store, generationId);
    if (view === undefined) return;
    await this.dataKeys.destroy([view.dataKeyId]);
    for (const image of view.images) await eraseImage(this.assets, image);
    await this.destroyWithheld(generationId);
  }

  /** The stream of the job is all that names them. */
  private async destroyWithheld(generationId: string): Promise<void> {
    for await (const page of this.store.readStream(streamName('job', generationId))) {
      for (const recorded of page) {
        if (recorded.type !== 'JobOutputWithheld') continue;
        const { type, data } = toDomainEvent(recorded);
        if (type !== 'JobOutputWithheld' || data.kept === null) continue;
        await this.withheld.erase(data.kept.assetId);
      }
    }
  }
}

export class EraseGeneration extends Command<void> {
  constructor(
    readonly tenantId: string,
    readonly generationId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EraseGeneration)
export class EraseGenerationHandler implements ICommandHandler<EraseGeneration> {
  constructor(
    private readonly eraser: GenerationEraser,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** @throws DomainFailure not_found; conflict while the generation is queued or running */
  async execute({ tenantId, generationId, context }: EraseGeneration): Promise<void> {
    const view = await ownGeneration(this.store, tenantId, generationId);
    if (!isTerminal(view.status)) {
      const message = `the generation is ${view.status}: cancel it before deleting it`;
      throw new DomainFailure(domainError('conflict', message));
    }
    await this.eraser.erase(view, 'deleted by the tenant', context);
  }
}
