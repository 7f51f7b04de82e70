import type { AttemptRules } from '@imprest/domain';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { modelBreakerStream } from '../deciding/stream-types.js';
import type { Clock } from '../ports/clock.js';
import type { Lease, WorkQueue } from '../ports/work-queue.js';

export interface BreakerProbesServices {
  readonly runner: DeciderRunner;
  readonly queue: Pick<WorkQueue, 'lease' | 'release'>;
  readonly clock: Clock;
  readonly rules: Pick<AttemptRules, 'breaker'>;
}

/** Leases the one job that shows whether a model works again. */
export class BreakerProbes {
  constructor(private readonly services: BreakerProbesServices) {}

  /**
   * The job first, then the breaker: one that is due stays so while no job waits for it. Of several processes that
   * come at once, the stream takes one, and the others give their job back.
   */
  async lease(
    models: readonly string[],
    workerId: string,
    leaseMs: number,
  ): Promise<Lease | undefined> {
    const { queue } = this.services;
    for (const lane of models) {
      const [lease] = await queue.lease({ workerId, lanes: [lane], limit: 1, leaseMs });
      if (lease === undefined) continue;
      if (await this.take(lease)) return lease;
      await queue.release([{ ...lease, cost: 0 }]);
    }
    return undefined;
  }

  private async take({ id: jobId, lane, fence, workerId }: Lease): Promise<boolean> {
    const { runner, clock, rules } = this.services;
    const now = clock.now().toISOString();
    const patienceSeconds = rules.breaker.longestOpenSeconds;
    const command = { type: 'TakeProbe', jobId, fence, now, patienceSeconds } as const;
    const context = {
      correlationId: jobId,
      causationId: `${jobId}/${fence}`,
      actor: { kind: 'worker', id: workerId },
    } as const;
    const result = await runner.run(modelBreakerStream, lane, command, context);
    return result.kind === 'accepted';
  }
}
