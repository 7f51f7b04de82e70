import { domainError, type WorkerCommand } from '@imprest/domain';
import type { CommandContext } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { workerStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { RegisteredWorker, WorkerRegistry } from '../ports/worker-registry.js';

export type WorkerDecision = 'cordon' | 'drain' | 'uncordon';

const commandOf = {
  cordon: 'CordonWorker',
  drain: 'DrainWorker',
  uncordon: 'UncordonWorker',
} as const satisfies Record<WorkerDecision, WorkerCommand['type']>;

/** What operators see of the workers, and what they decide about them. */
export class WorkerControl {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly registry: WorkerRegistry,
  ) {}

  list(): Promise<readonly RegisteredWorker[]> {
    return this.registry.workers();
  }

  /**
   * Goes on record first, then to the registry; whoever hands out work knows within a second. The same decision
   * again is safe. @throws DomainFailure not_found
   */
  async decide(
    id: string,
    decision: WorkerDecision,
    reason: string,
    context: CommandContext,
  ): Promise<RegisteredWorker> {
    await this.find(id);
    const command = { type: commandOf[decision], reason };
    await this.runner.run(workerStream, id, command, context);
    const standing = await this.runner.read(workerStream, id, (state) => state.standing);
    await this.registry.order(id, standing);
    return this.find(id);
  }

  private async find(id: string): Promise<RegisteredWorker> {
    const found = (await this.registry.workers()).find((worker) => worker.id === id);
    if (found !== undefined) return found;
    throw new DomainFailure(domainError('not_found', `no worker ${id} is registered`));
  }
}
