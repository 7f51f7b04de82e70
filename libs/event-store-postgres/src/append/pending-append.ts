import type { AppendResult } from '@imprest/application';
import type { EncodedAppend, StreamWrite } from './encoded-append.js';

/** A call that waits for its answer. */
export interface PendingAppend {
  /** What is still to be written; writes found in the store already are taken out. */
  readonly writes: readonly StreamWrite[];
  /** Highest position of the writes taken out. */
  readonly storedUpTo: bigint;
  readonly events: number;
  readonly bytes: number;
  resolve(result: AppendResult): void;
  reject(error: Error): void;
}

export function pendingAppend(
  { writes, events, bytes }: EncodedAppend,
  resolve: PendingAppend['resolve'],
  reject: PendingAppend['reject'],
): PendingAppend {
  return { writes, storedUpTo: 0n, events, bytes, resolve, reject };
}

/** The same call with less to write. */
export function withWrites(
  call: PendingAppend,
  writes: readonly StreamWrite[],
  storedUpTo: bigint,
): PendingAppend {
  const events = writes.reduce((sum, write) => sum + write.events.length, 0);
  return { ...call, writes, storedUpTo, events };
}

export interface Batch {
  /** Calls that one transaction can write: each continues the stream where the one before it ends. */
  readonly together: PendingAppend[];
  /** Calls that expect another revision than `together` will leave behind. */
  readonly apart: PendingAppend[];
}

export function batchOf(calls: readonly PendingAppend[]): Batch {
  const lastRevisions = new Map<string, number>();
  const batch: Batch = { together: [], apart: [] };
  for (const call of calls) {
    const fits = call.writes.every((write) => {
      const last = write.continues ? undefined : lastRevisions.get(write.stream);
      return last === undefined || last === write.firstRevision - 1;
    });
    if (!fits) {
      batch.apart.push(call);
      continue;
    }
    batch.together.push(call);
    for (const { stream, firstRevision, events } of call.writes) {
      lastRevisions.set(stream, firstRevision + events.length - 1);
    }
  }
  return batch;
}
