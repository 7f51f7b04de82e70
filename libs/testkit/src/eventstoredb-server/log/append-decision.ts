import type { ProposedEvent, StoredEvent } from './stored-event.js';

/** A revision, or what the protocol has for none. */
export type ExpectedRevision = number | 'any' | 'noStream' | 'streamExists';

export type AppendDecision =
  | { readonly kind: 'write'; readonly firstRevision: number }
  /** All of it is there already; the last of its events. */
  | { readonly kind: 'idempotent'; readonly last: StoredEvent }
  | { readonly kind: 'wrongExpectedRevision'; readonly current: number | undefined }
  | { readonly kind: 'streamDeleted' };

/** A stream as the log keeps it. Revisions below `firstRevision` were deleted. */
export interface StreamState {
  readonly events: readonly StoredEvent[];
  readonly firstRevision: number;
  readonly tombstoned: boolean;
}

/** Follows CheckCommit of the server's IndexWriter. */
export function decideAppend(
  state: StreamState | undefined,
  expected: ExpectedRevision,
  proposed: readonly ProposedEvent[],
  findRecent: (eventId: string) => StoredEvent | undefined,
): AppendDecision {
  if (state?.tombstoned) return { kind: 'streamDeleted' };
  const current = (state?.events.length ?? 0) - 1;
  const wrong = {
    kind: 'wrongExpectedRevision',
    current: current < 0 ? undefined : current,
  } as const;
  const write = { kind: 'write', firstRevision: current + 1 } as const;
  if (expected === 'any' || expected === 'streamExists') {
    if (expected === 'streamExists' && current < 0) return wrong;
    return decideAny(write, wrong, proposed, findRecent, state);
  }
  const expectedRevision = expected === 'noStream' ? -1 : expected;
  if (expectedRevision > current) return wrong;
  if (expectedRevision === current) return write;
  const there = proposed.filter(
    ({ id }, n) => state?.events[expectedRevision + 1 + n]?.id === id,
  ).length;
  if (there > 0 && there === proposed.length) {
    const last = state?.events[expectedRevision + proposed.length] as StoredEvent;
    return { kind: 'idempotent', last };
  }
  // A stream whose events were deleted takes a new beginning behind the old one.
  const gone = state !== undefined && state.firstRevision > current;
  return there === 0 && expected === 'noStream' && gone ? write : wrong;
}

function decideAny(
  write: AppendDecision,
  wrong: AppendDecision,
  proposed: readonly ProposedEvent[],
  findRecent: (eventId: string) => StoredEvent | undefined,
  state: StreamState | undefined,
): AppendDecision {
  const known = proposed.map(({ id }) => {
    const found = findRecent(id);
    return found !== undefined && state?.events[found.revision] === found ? found : undefined;
  });
  if (known[0] === undefined) return write;
  const last = known.at(-1);
  return last !== undefined && known.every((each) => each !== undefined)
    ? { kind: 'idempotent', last }
    : wrong;
}
