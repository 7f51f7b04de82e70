import type { StoredEvent } from './append-statements.js';
import type { StreamWrite } from './encoded-append.js';
import type { PendingAppend } from './pending-append.js';

export type Judgement =
  /** Every event was there before the call: a repeat. */
  | { readonly kind: 'stored'; readonly position: bigint }
  | { readonly kind: 'conflict'; readonly streams: readonly string[] }
  /** These fit now; what else the call had is stored up to `position`. */
  | {
      readonly kind: 'retry';
      readonly writes: readonly StreamWrite[];
      readonly position: bigint;
    };

/** Compares a call that could not be written with what the store has. */
export function judge(call: PendingAppend, stored: Iterator<StoredEvent>): Judgement {
  const expected = new Map<string, number>();
  const missing: StreamWrite[] = [];
  const conflicting = new Set<string>();
  let position = call.storedUpTo;
  for (const write of call.writes) {
    const events = write.events.map(() => stored.next().value as StoredEvent);
    if (events.every((event) => event.position !== undefined)) {
      for (const event of events)
        if ((event.position as bigint) > position) position = event.position as bigint;
      continue;
    }
    const ahead = expected.get(write.stream);
    const head = ahead ?? (events[0] as StoredEvent).headRevision;
    if (head !== write.firstRevision - 1) conflicting.add(write.stream);
    expected.set(write.stream, write.firstRevision + events.length - 1);
    missing.push({ ...write, continues: ahead !== undefined });
  }
  if (conflicting.size > 0) return { kind: 'conflict', streams: [...conflicting] };
  if (missing.length === 0) return { kind: 'stored', position };
  return { kind: 'retry', writes: missing, position };
}
