import { AssetStoreUnavailable } from '../ports/asset-store.js';
import { DataKeysUnavailable } from '../ports/data-keys.js';
import { EventStoreUnavailable } from '../ports/event-store.js';
import { RateLimitsUnavailable } from '../ports/rate-limits.js';

/** Something else has to happen first, and will: no event is to blame. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  readonly transient = true;
}

const UNAVAILABLE = [
  EventStoreUnavailable,
  AssetStoreUnavailable,
  DataKeysUnavailable,
  RateLimitsUnavailable,
] as const;
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** Cardinality violation, data exception, integrity constraint, program limit, raised by a function. */
const ABOUT_DATA = /^(21|22|23|54|P0)/;
const GIVEN_UP = new Set(['AbortError', 'TimeoutError']);
/** node-postgres gives these no code. */
const CONNECTION_LOST =
  /connection terminated|connection error|not queryable|trying to connect|query read timeout|end on the pool/i;
/** Connection exception, insufficient resources, operator intervention, system error. */
const ABOUT_SERVER = /^(08|53|57|58)/;
const BROKEN_OFF = /^(ECONN|EPIPE$|ETIMEDOUT$|UND_ERR_)/;
const DEEPEST = 5;

type Facts = Readonly<Record<string, unknown>>;

function isAway(error: Error): boolean {
  if (UNAVAILABLE.some((type) => error instanceof type)) return true;
  const { code, syscall } = error as unknown as Facts;
  if (typeof code === 'string') {
    if (syscall === 'connect' || syscall === 'getaddrinfo' || BROKEN_OFF.test(code)) return true;
    if (SQLSTATE.test(code)) return ABOUT_SERVER.test(code);
  }
  return CONNECTION_LOST.test(error.message);
}

function some(error: unknown, fits: (error: Error) => boolean, depth = 0): boolean {
  if (!(error instanceof Error) || depth > DEEPEST) return false;
  if (fits(error)) return true;
  const errors = error instanceof AggregateError ? error.errors : [];
  return [error.cause, ...errors].some((inner) => some(inner, fits, depth + 1));
}

/** Whether an engine does not answer or has no room: whoever asked may ask again. */
export function isEngineAway(error: unknown): boolean {
  return some(error, isAway);
}

/**
 * Whether an engine failed, or another process was in the way, rather than a consumer's own work on an
 * event. An error may say so itself by `transient: true`. Of PostgreSQL's errors only those about the data
 * blame an event (appendix "PostgreSQL Error Codes"): a missing table or right is missing for all of them.
 */
export function isTransient(error: unknown): boolean {
  return some(error, (each) => {
    const { transient, code, syscall } = each as unknown as Facts;
    if (transient === true || GIVEN_UP.has(each.name) || isAway(each)) return true;
    if (typeof code !== 'string') return false;
    return typeof syscall === 'string' || (SQLSTATE.test(code) && !ABOUT_DATA.test(code));
  });
}
