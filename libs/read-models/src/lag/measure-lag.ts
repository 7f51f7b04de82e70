import { type EventStore, notBehind, START_OF_STORE, type Standing } from '@imprest/application';
import { type RecordedEvent, streamCategory } from '@imprest/event-catalogue';
import { projectors } from '../projectors.js';
import type { ConsumerPosition } from '../queries/consumer-queries.js';

export type LagState = 'current' | 'behind' | 'never ran';

export interface ConsumerLag {
  readonly consumer: string;
  readonly state: LagState;
  /** Everything up to here is behind it. */
  readonly position: bigint;
  readonly head: bigint;
  /**
   * Of those that were looked at, which follow on the consumer furthest behind. Where the look ended before any that
   * is the consumer's: positions between it and the head, which are more.
   */
  readonly eventsBehind: number;
  /** Age of the oldest event that is not processed. */
  readonly secondsBehind: number;
  /** Streams with an event that it cannot process; what waits in them is not counted. */
  readonly parkedStreams: number;
}

const MOST_EVENTS = 1_000_000;

/** Projectors say what they read; of others every event that they have not passed counts. */
const categoriesOf: ReadonlyMap<string, readonly string[]> = new Map(
  projectors.map(({ name, categories }) => [name, categories]),
);

/** Stands before the oldest open job, however long that is open: a bookmark, and no consumer's progress. */
const BOOKMARKS: ReadonlySet<string> = new Set(['job-reconciler']);

/** Reads what lies between the consumer that is furthest behind and the head, once for all of them. @param mostEvents that are looked at */
export async function measureLag(
  store: EventStore,
  consumers: readonly ConsumerPosition[],
  standingOf: (consumer: string) => Promise<Standing>,
  now: Date,
  mostEvents = MOST_EVENTS,
): Promise<readonly ConsumerLag[]> {
  const head = await store.head();
  const ran = new Set(consumers.map(({ consumer }) => consumer));
  for (const bookmark of BOOKMARKS) ran.delete(bookmark);
  const names = [...new Set([...ran, ...categoriesOf.keys()])].sort();
  const counts = await Promise.all(
    names.map(async (name) => new LagCount(name, ran.has(name), await standingOf(name))),
  );
  const after = counts.reduce((least, { position }) => (position < least ? position : least), head);
  let seen = 0;
  for await (const page of store.readAll({ after, upTo: head })) {
    for (const count of counts) await count.see(page);
    seen += page.length;
    const last = page.at(-1)?.position ?? head;
    if (seen >= mostEvents && last < head)
      return counts.map((count) => count.lagAtLeast(head, now));
  }
  return counts.map((count) => count.lag(head, now));
}

class LagCount {
  private readonly categories: readonly string[] | undefined;
  private events = 0;
  private oldest: Date | undefined;

  constructor(
    private readonly consumer: string,
    private readonly ran: boolean,
    private readonly standing: Standing,
  ) {
    this.categories = categoriesOf.get(consumer);
  }

  get position(): bigint {
    return this.ran ? this.standing.position : START_OF_STORE;
  }

  async see(page: readonly RecordedEvent[]): Promise<void> {
    const { categories, position } = this;
    const ahead = page.filter(
      (event) =>
        event.position > position && (categories?.includes(streamCategory(event.stream)) ?? true),
    );
    const waiting = await notBehind(ahead, this.standing);
    this.events += waiting.length;
    this.oldest ??= waiting[0]?.recordedAt;
  }

  /** After a look that ended before the head: whoever had nothing in it is not known to be there. */
  lagAtLeast(head: bigint, now: Date): ConsumerLag {
    const lag = this.lag(head, now);
    if (this.events > 0 || this.position >= head) return lag;
    const state = this.ran ? 'behind' : 'never ran';
    return { ...lag, state, eventsBehind: Number(head - this.position) };
  }

  lag(head: bigint, now: Date): ConsumerLag {
    const { consumer, position, events, oldest } = this;
    const state = events > 0 ? (this.ran ? 'behind' : 'never ran') : 'current';
    const secondsBehind = oldest ? Math.max(0, now.getTime() - oldest.getTime()) / 1000 : 0;
    const parkedStreams = this.standing.parked.size;
    const behind = { eventsBehind: events, secondsBehind, parkedStreams };
    return { consumer, state, position, head, ...behind };
  }
}
