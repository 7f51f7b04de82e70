import type { EventStore } from '@imprest/application';
import { streamCategory } from '@imprest/event-catalogue';
import { type ConsumerPosition, projectors } from '@imprest/read-models';

export type LagState = 'current' | 'behind' | 'never ran';

export interface ConsumerLag {
  readonly consumer: string;
  readonly state: LagState;
  readonly position: bigint;
  readonly head: bigint;
  /** At most `MOST_COUNTED` are counted. */
  readonly eventsBehind: number;
  /** Age of the oldest event that is not processed. */
  readonly secondsBehind: number;
}

/** Looked at for each consumer that is behind; more would say nothing more. */
export const MOST_COUNTED = 1_000_000;

/** Projectors say what they read; of others every event that they have not passed counts. */
const categoriesOf: ReadonlyMap<string, readonly string[]> = new Map(
  projectors.map(({ name, categories }) => [name, categories]),
);

/** All consumers on record, and projectors that have not begun yet. */
export function allConsumers(positions: readonly ConsumerPosition[]): readonly ConsumerPosition[] {
  const known = new Set(positions.map(({ consumer }) => consumer));
  const missing = projectors.filter(({ name }) => !known.has(name));
  return [...positions, ...missing.map(({ name }) => ({ consumer: name, position: 0n }))].sort(
    (a, b) => (a.consumer < b.consumer ? -1 : 1),
  );
}

/** Reads what lies between the consumer that is furthest behind and the head, once for all of them. */
export async function measureLag(
  store: EventStore,
  positions: readonly ConsumerPosition[],
  now: Date,
): Promise<readonly ConsumerLag[]> {
  const head = await store.head();
  const ran = new Set(positions.map(({ consumer }) => consumer));
  const counts = allConsumers(positions).map((consumer) => new LagCount(consumer));
  const after = counts.reduce((least, { position }) => (position < least ? position : least), head);
  let counted = 0;
  for await (const page of store.readAll({ after, upTo: head })) {
    for (const { stream, position, recordedAt } of page) {
      for (const count of counts) count.see(streamCategory(stream), position, recordedAt);
    }
    counted += page.length;
    if (counted >= MOST_COUNTED) break;
  }
  return counts.map((count) => count.lag(head, now, ran.has(count.consumer)));
}

class LagCount {
  readonly consumer: string;
  readonly position: bigint;
  private readonly categories: readonly string[] | undefined;
  private events = 0;
  private oldest: Date | undefined;

  constructor({ consumer, position }: ConsumerPosition) {
    this.consumer = consumer;
    this.position = position;
    this.categories = categoriesOf.get(consumer);
  }

  see(category: string, position: bigint, recordedAt: Date): void {
    if (position <= this.position || this.categories?.includes(category) === false) return;
    this.events += 1;
    this.oldest ??= recordedAt;
  }

  lag(head: bigint, now: Date, ran: boolean): ConsumerLag {
    const { consumer, position, events, oldest } = this;
    const state = events > 0 ? (ran ? 'behind' : 'never ran') : 'current';
    const secondsBehind = oldest ? Math.max(0, now.getTime() - oldest.getTime()) / 1000 : 0;
    return { consumer, state, position, head, eventsBehind: events, secondsBehind };
  }
}
