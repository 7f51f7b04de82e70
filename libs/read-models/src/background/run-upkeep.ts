import { DomainFailure, type OperatorRunRecord } from '@imprest/application';
import type { RunEnds, UnrecordedEnd } from './run-ends.js';

/** What operators ask about is weeks old at most; what they did stays in the events. */
const KEPT_MS = 90 * 86_400_000;
const FORGOTTEN_AT_ONCE = 1_000;

/** Says the end of runs whose process could not, and forgets the state of those that ended long ago. Safe in several processes. */
export class RunUpkeep {
  constructor(
    private readonly ends: RunEnds,
    private readonly record: Pick<OperatorRunRecord, 'end'>,
  ) {}

  async sweep(now: Date): Promise<void> {
    for (const end of await this.ends.unrecorded()) {
      await this.say(end);
      await this.ends.recorded(end.id);
    }
    const before = new Date(now.getTime() - KEPT_MS);
    let swept: number;
    do swept = await this.ends.sweep(before, FORGOTTEN_AT_ONCE);
    while (swept === FORGOTTEN_AT_ONCE);
  }

  private async say({ id, state: outcome, failure, correlationId }: UnrecordedEnd): Promise<void> {
    const actor = { kind: 'system', id: 'background-runs' } as const;
    const context = { correlationId, causationId: id, actor };
    try {
      await this.record.end(id, { outcome, result: null, failure }, context);
    } catch (error) {
      // It died before it had begun: nothing was done.
      if (!(error instanceof DomainFailure)) throw error;
    }
  }
}
