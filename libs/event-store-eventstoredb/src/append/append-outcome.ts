import type { BatchAppendRefusal } from './batch-append-answer.js';

/** What became of one request. */
export type AppendOutcome =
  | {
      readonly kind: 'written' /** Undefined when the server did not tell. */;
      readonly position: bigint | undefined;
    }
  | { readonly kind: 'conflict' }
  /** It may have been written or not: to be repeated under the same event ids. */
  | { readonly kind: 'unknown'; readonly error: Error }
  /** It was not written, and repeating it will not help. */
  | { readonly kind: 'refused'; readonly error: Error };

/** Nothing was written, but may be soon: the server is starting, busy, or electing. */
const PASSING = new Set(['Empty', 'Timeout', 'Unknown', '']);

export function outcomeOfRefusal(
  { reason, message }: BatchAppendRefusal,
  stream: string,
): AppendOutcome {
  if (reason === 'WrongExpectedVersion') return { kind: 'conflict' };
  const told = message === '' ? reason : `${reason}: ${message}`;
  if (PASSING.has(reason)) return { kind: 'unknown', error: new Error(told) };
  if (reason === 'MaximumAppendSizeExceeded') {
    const text = `append to ${stream} is over the server's limit of size (MaxAppendSize)`;
    return { kind: 'refused', error: new RangeError(text) };
  }
  return { kind: 'refused', error: new Error(`append to ${stream} was refused: ${told}`) };
}
