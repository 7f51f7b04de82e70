import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { generationStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { EventStore } from '../ports/event-store.js';
import { EVENT_STORE } from '../ports/tokens.js';
import type { GenerationView } from './generation-view.js';
import { ownGeneration } from './own-generation.js';

/** Ends queued or running work; the hold is released because of it. Safe to repeat. */
export class CancelGeneration extends Command<GenerationView> {
  constructor(
    readonly tenantId: string,
    readonly generationId: string,
    readonly reason: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CancelGeneration)
export class CancelGenerationHandler implements ICommandHandler<CancelGeneration> {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** @throws DomainFailure not_found, conflict when it has ended otherwise already */
  async execute({ tenantId, generationId, reason, context }: CancelGeneration) {
    await ownGeneration(this.store, tenantId, generationId);
    const command = { type: 'CancelGeneration', reason } as const;
    const result = await this.runner.run(generationStream, generationId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    return ownGeneration(this.store, tenantId, generationId);
  }
}
