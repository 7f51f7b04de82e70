import type { RecordedEvent } from '@imprest/event-catalogue';
import { percentile } from '../harness/statistics.js';

/** How old events are when they reach a place, in ms from the moment the store knew them. */
export class Ages {
  private readonly ages: Float64Array;
  private seen = 0;

  /** @param warmUp events before those that count */
  constructor(
    private readonly warmUp: number,
    events: number,
  ) {
    this.ages = new Float64Array(events);
  }

  note(events: readonly RecordedEvent[]): void {
    const nowMs = Date.now();
    for (const { recordedAt } of events) {
      const index = this.seen++ - this.warmUp;
      if (index >= 0 && index < this.ages.length) this.ages[index] = nowMs - recordedAt.getTime();
    }
  }

  /** @param share 0.5 for the median */
  percentile(share: number): number {
    return percentile(this.ages.toSorted(), share);
  }
}
