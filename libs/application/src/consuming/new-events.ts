import type { RecordedEvent } from '@imprest/event-catalogue';
import type { Standing, StreamProgress } from '../ports/checkpoint-store.js';
import { fillGaps, followsOn, type Gap, type StreamReader } from './missing-events.js';

export interface NewEvents {
  /** In store order, of each stream without a gap from where the consumer stands. */
  readonly events: readonly RecordedEvent[];
  /** False when so many were missing that some of what was delivered has to be asked for again. */
  readonly complete: boolean;
}

/** What of a delivery by position is new. Such a delivery leaves nothing out. */
export async function notBehind(
  delivered: readonly RecordedEvent[],
  standing: Standing,
): Promise<readonly RecordedEvent[]> {
  const going = withoutParked(delivered, standing);
  if (standing.reached <= standing.position || going.length === 0) return going;
  const revisions = await standing.revisions([...new Set(going.map(({ stream }) => stream))]);
  return going.filter(({ stream, revision }) => revision > (revisions.get(stream) ?? -1));
}

/**
 * What of a delivery by revision is new: events that came before are left out, and events that never came
 * are read from the event store, which is the truth.
 */
export async function newEvents(
  delivered: readonly RecordedEvent[],
  standing: Standing,
  store: StreamReader,
): Promise<NewEvents> {
  const streams = byStream(withoutParked(delivered, standing));
  if (streams.size === 0) return { events: [], complete: true };
  const revisions = await standing.revisions([...streams.keys()]);
  const events: RecordedEvent[] = [];
  const gaps: Gap[] = [];
  for (const [stream, ofStream] of streams) {
    let known = revisions.get(stream) ?? -1;
    const fresh: RecordedEvent[] = [];
    for (const event of inOrder(ofStream)) {
      if (event.position > standing.position && event.revision > known) fresh.push(event);
      else if (fresh.length === 0) known = Math.max(known, event.revision);
    }
    if (fresh.length === 0) continue;
    if (followsOn(fresh, known)) events.push(...fresh);
    else gaps.push({ stream, known, delivered: fresh });
  }
  const complete = gaps.length === 0 || (await fillGaps(gaps, events, standing.position, store));
  events.sort((a, b) => (a.position < b.position ? -1 : 1));
  return { events, complete };
}

/** The last event of each stream. */
export function progressOf(events: readonly RecordedEvent[]): StreamProgress[] {
  const last = new Map<string, StreamProgress>();
  for (const { stream, revision, position } of events) {
    last.set(stream, { stream, revision, position });
  }
  return [...last.values()];
}

export function byStream(events: readonly RecordedEvent[]): Map<string, RecordedEvent[]> {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const known = streams.get(event.stream);
    if (known === undefined) streams.set(event.stream, [event]);
    else known.push(event);
  }
  return streams;
}

function withoutParked(events: readonly RecordedEvent[], { parked }: Standing) {
  if (parked.size === 0) return events;
  return events.filter(
    ({ stream, revision }) => revision < (parked.get(stream) ?? Number.POSITIVE_INFINITY),
  );
}

/** By revision, each once. */
function inOrder(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const ordered = events.every((event, n) => n === 0 || event.revision > events[n - 1]!.revision);
  if (ordered) return events;
  const sorted = events.toSorted((a, b) => a.revision - b.revision);
  return sorted.filter((event, n) => n === 0 || event.revision !== sorted[n - 1]!.revision);
}
