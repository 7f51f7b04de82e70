import { ImprestError } from '../errors/index.js';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * Milliseconds to wait before the next attempt.
 *
 * Pauses double and are cut to a random part of themselves, so that callers who failed together do not come
 * back together. `Retry-After` is a lower bound; one of over a minute is left to the caller.
 *
 * @param failed attempts that failed so far, this one included
 * @param random of [0, 1)
 * @throws the error itself when there is to be no further attempt
 */
export function pauseAfter(
  error: unknown,
  failed: number,
  maxRetries: number,
  random: number = Math.random(),
): number {
  if (!(error instanceof ImprestError) || !error.retryable || failed > maxRetries) throw error;
  const asked = (error.retryAfterSeconds ?? 0) * 1000;
  if (asked > LONGEST_RETRY_AFTER_MS) throw error;
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failed - 1));
  return asked + longest * (0.5 + random / 2);
}
