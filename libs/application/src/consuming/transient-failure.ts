import { AssetStoreUnavailable } from '../ports/asset-store.js';
import { DataKeysUnavailable } from '../ports/data-keys.js';
import { EventStoreUnavailable } from '../ports/event-store.js';

/** Something else has to happen first, and will: no event is to blame. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  readonly transient = true;
}

const UNAVAILABLE = [EventStoreUnavailable, AssetStoreUnavailable, DataKeysUnavailable] as const;
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** Cardinality violation, data exception, integrity constraint, program limit, raised by a function. */
const ABOUT_DATA = /^(21|22|23|54|P0)/;
const GIVEN_UP = new Set(['AbortError', 'TimeoutError']);
/** node-postgres gives these no code. */
const CONNECTION_LOST =
  /connection terminated|connection error|not queryable|trying to connect|query read timeout|end on the pool/i;
const DEEPEST = 5;

/**
 * Whether an engine failed, or another process was in the way, rather than a consumer's own work on an
 * event. An error may say so itself by `transient: true`. Of PostgreSQL's errors only those about the data
 * blame an event (appendix "PostgreSQL Error Codes"): a missing table or right is missing for all of them.
 */
export function isTransient(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > DEEPEST) return false;
  if (UNAVAILABLE.some((type) => error instanceof type)) return true;
  const { transient, code, syscall } = error as unknown as Record<string, unknown>;
  if (transient === true || GIVEN_UP.has(error.name)) return true;
  if (typeof code === 'string') {
    if (typeof syscall === 'string' || code.startsWith('UND_ERR_')) return true;
    if (SQLSTATE.test(code)) return !ABOUT_DATA.test(code);
  }
  if (CONNECTION_LOST.test(error.message)) return true;
  const errors = error instanceof AggregateError ? error.errors : [];
  return [error.cause, ...errors].some((inner) => isTransient(inner, depth + 1));
}
