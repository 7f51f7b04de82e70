import type { OutgoingRequestErrorCode } from '@imprest/outgoing-http';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Before the second, third … attempt. The first is at once; the last is some 75 hours later. */
export const RETRY_DELAYS_SECONDS: readonly number[] = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

export const MAX_ATTEMPTS = RETRY_DELAYS_SECONDS.length + 1;

/** A receiver may ask for patience, not for a message to be kept for ever. */
const LONGEST_RETRY_AFTER_SECONDS = 24 * HOUR;
const JITTER = 0.2;

/** An attempt that was aborted because the process stops is no attempt and has no result. */
export type AttemptResult =
  | {
      readonly kind: 'response';
      readonly status: number;
      /** The header as received: seconds or an HTTP date. */
      readonly retryAfter?: string | undefined;
    }
  | { readonly kind: 'error'; readonly code: Exclude<OutgoingRequestErrorCode, 'aborted'> };

export type AttemptOutcome =
  /** A 2xx. Everything else failed, redirects included. */
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly at: Date }
  /** Failed, and it was the last attempt. */
  | { readonly kind: 'exhausted' }
  /** 410: the receiver asks never to be called again. */
  | { readonly kind: 'gone' };

export interface AttemptContext {
  /** From 1, within the current round. */
  readonly attempt: number;
  /** When the attempt ended. */
  readonly now: Date;
  /** In [0, 1). */
  readonly random: number;
  /** Seconds before the second, third … attempt; RETRY_DELAYS_SECONDS when absent. */
  readonly retryDelays?: readonly number[] | null | undefined;
}

/** What one attempt means for its message. */
export function classifyAttempt(result: AttemptResult, context: AttemptContext): AttemptOutcome {
  if (result.kind === 'response') {
    if (result.status >= 200 && result.status < 300) return { kind: 'delivered' };
    if (result.status === 410) return { kind: 'gone' };
  }
  const delays = context.retryDelays ?? RETRY_DELAYS_SECONDS;
  const delay = delays[context.attempt - 1];
  if (delay === undefined) return { kind: 'exhausted' };
  const asked = result.kind === 'response' ? retryAfterSeconds(result.retryAfter, context.now) : 0;
  const seconds = Math.max(jittered(delay, context.random), later(asked, context.random));
  return { kind: 'retry', at: new Date(context.now.getTime() + Math.round(seconds * 1_000)) };
}

/** Around the delay, so that the messages of one outage do not return together. */
function jittered(seconds: number, random: number): number {
  return seconds * (1 - JITTER + 2 * JITTER * random);
}

/** As `jittered`, but never earlier than asked. */
function later(seconds: number, random: number): number {
  return seconds * (1 + JITTER * random);
}

/** RFC 9110, section 10.2.3. What cannot be read asks for nothing. */
function retryAfterSeconds(header: string | undefined, now: Date): number {
  const text = header?.trim() ?? '';
  const seconds = /^\d{1,15}$/.test(text)
    ? Number(text)
    : (Date.parse(/ GMT$/.test(text) ? text : '') - now.getTime()) / 1_000;
  return seconds > 0 ? Math.min(seconds, LONGEST_RETRY_AFTER_SECONDS) : 0;
}
