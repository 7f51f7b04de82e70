import { domainError } from '@imprest/domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { modelBreakerStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { BreakerStanding } from './model-breakers.js';

/** An operator knows that a model works. Safe to repeat. */
export class CloseModelBreaker extends Command<BreakerStanding> {
  constructor(
    readonly model: string,
    readonly reason: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CloseModelBreaker)
export class CloseModelBreakerHandler implements ICommandHandler<CloseModelBreaker> {
  constructor(private readonly runner: DeciderRunner) {}

  /** @throws DomainFailure not_found for a model whose breaker never opened */
  async execute({ model, reason, context }: CloseModelBreaker): Promise<BreakerStanding> {
    const before = await this.runner.read(modelBreakerStream, model, (_, revision) => revision);
    if (before < 0) {
      const message = `the breaker of model ${model} was never open`;
      throw new DomainFailure(domainError('not_found', message));
    }
    const command = { type: 'CloseBreaker', reason } as const;
    await this.runner.run(modelBreakerStream, model, command, context);
    return this.runner.read(modelBreakerStream, model, (state) => ({ ...state }));
  }
}
