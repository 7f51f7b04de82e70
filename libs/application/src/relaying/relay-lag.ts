import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';

export interface RelayLag {
  /** Position of the store's last event. */
  readonly head: bigint;
  /** Events that have not been handed over; at most what was to be counted. */
  readonly events: number;
  /** More wait than were counted. */
  readonly more: boolean;
  /** Age of the oldest of them; 0 when there is none. */
  readonly seconds: number;
}

const MOST_COUNTED = 10_000;
const PAGE = 1_000;

/** Looks up what waits behind a position. Positions may have gaps, so the events themselves are counted. */
export async function relayLag(
  store: EventStore,
  clock: Clock,
  after: bigint,
  mostCounted = MOST_COUNTED,
): Promise<RelayLag> {
  const head = await store.head();
  let events = 0;
  let oldest: Date | undefined;
  const pageSize = Math.min(mostCounted, PAGE);
  for await (const page of store.readAll({ after, upTo: head, pageSize })) {
    oldest ??= page[0]?.recordedAt;
    events += page.length;
    if (events >= mostCounted) break;
  }
  const ageMs = oldest === undefined ? 0 : clock.now().getTime() - oldest.getTime();
  return { head, events, more: events >= mostCounted, seconds: Math.max(0, ageMs) / 1000 };
}
