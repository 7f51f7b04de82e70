import type { RecordedEvent } from '@imprest/event-catalogue';
import { type EventStore, START_OF_STORE } from '../ports/event-store.js';

export type StreamReader = Pick<EventStore, 'readStream'>;

/** The bus has delivered what the event store does not give back. */
export class StoreBehindBus extends Error {
  override readonly name = 'StoreBehindBus';
  readonly transient = true;
  constructor(stream: string, revision: number) {
    super(
      `${stream} has no revision ${revision} in the event store, but a later one was delivered`,
    );
  }
}

/** Events of a stream that do not follow on what is known to be processed. */
export interface Gap {
  readonly stream: string;
  /** Known to be processed; -1 when nothing is. */
  readonly known: number;
  readonly delivered: readonly RecordedEvent[];
}

/** Events read again in one go. */
const MOST_REREAD = 2_000;
const READS_AT_ONCE = 16;

export function followsOn(events: readonly RecordedEvent[], known: number): boolean {
  return events.every(({ revision }, n) => revision === known + 1 + n);
}

/** Adds to `events` what is missing and what was delivered. @returns whether all of them could be filled at once */
export async function fillGaps(
  gaps: readonly Gap[],
  events: RecordedEvent[],
  position: bigint,
  store: StreamReader,
): Promise<boolean> {
  let left = MOST_REREAD;
  let complete = true;
  const waiting = gaps.values();
  const lane = async () => {
    for (const { stream, known, delivered } of waiting) {
      const from = await firstNew(store, stream, known, delivered[0]!.revision, position);
      if (followsOn(delivered, from - 1)) {
        events.push(...delivered);
        continue;
      }
      const upTo = delivered.at(-1)!.revision;
      const count = Math.min(upTo - from + 1, Math.max(left, 1));
      left -= count;
      if (from + count - 1 < upTo) complete = false;
      events.push(...(await readRevisions(store, stream, from, count)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(READS_AT_ONCE, gaps.length) }, lane));
  return complete;
}

/**
 * The first revision that is not processed, between `known`, which is, and `fresh`, which is not. Positions grow
 * with revisions, so that it is found by halving; mostly the one before `fresh` is asked about and no other.
 */
async function firstNew(
  store: StreamReader,
  stream: string,
  known: number,
  fresh: number,
  position: bigint,
): Promise<number> {
  if (position === START_OF_STORE) return known + 1;
  let [behind, ahead, next] = [known, fresh, fresh - 1];
  while (ahead - behind > 1) {
    const [event] = await readRevisions(store, stream, next, 1);
    if (event!.position <= position) behind = next;
    else ahead = next;
    next = Math.floor((behind + ahead) / 2);
  }
  return ahead;
}

/** @throws StoreBehindBus when there are fewer */
export async function readRevisions(
  store: StreamReader,
  stream: string,
  fromRevision: number,
  count: number,
): Promise<readonly RecordedEvent[]> {
  const events = await readUpTo(store, stream, fromRevision, count);
  if (events.length < count) throw new StoreBehindBus(stream, fromRevision + events.length);
  return events;
}

/** As many as there are, `maxCount` at most. */
export async function readUpTo(
  store: StreamReader,
  stream: string,
  fromRevision: number,
  maxCount: number,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const page of store.readStream(stream, { fromRevision, maxCount })) {
    events.push(...page);
  }
  return events;
}
