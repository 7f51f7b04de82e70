import { START_OF_STORE } from '@imprest/application';
import type { DataSource } from 'typeorm';

/** Clocks of several writers may differ by less. */
const MARGIN_MS = 60_000;
const MOST_STEPS = 64;

const ENDS = 'select min(position) as first, max(position) as last from ledger.entries';
const FROM = `
  select position, known_at as "knownAt" from ledger.entries
  where position >= $1 order by position limit 1`;

/**
 * Where in the store to begin to look for what was recorded at a time. The store itself knows no times; the journal
 * has position and time of some of its events, in their order.
 */
export class StorePositions {
  constructor(private readonly dataSource: DataSource) {}

  /** A position of the store before everything that was recorded at the time or later; the start when there is none. */
  async before(time: Date): Promise<bigint> {
    const wanted = time.getTime() - MARGIN_MS;
    const [ends] =
      await this.dataSource.query<{ first: string | null; last: string | null }[]>(ENDS);
    if (ends?.first == null || ends.last === null) return START_OF_STORE;
    let [low, high] = [BigInt(ends.first), BigInt(ends.last)];
    let found = START_OF_STORE;
    for (let step = 0; step < MOST_STEPS && low <= high; step += 1) {
      const entry = await this.from((low + high) / 2n);
      if (entry === undefined) break;
      if (entry.knownAt.getTime() < wanted) {
        found = entry.position;
        low = entry.position + 1n;
      } else {
        high = (low + high) / 2n - 1n;
      }
    }
    return found;
  }

  private async from(position: bigint) {
    const rows = await this.dataSource.query<{ position: string; knownAt: Date }[]>(FROM, [
      position.toString(),
    ]);
    return rows[0] && { position: BigInt(rows[0].position), knownAt: rows[0].knownAt };
  }
}
