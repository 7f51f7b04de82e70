import type { components } from '../openapi.js';
import * as errors from './errors.js';

type ErrorFacts = components['schemas']['Error']['error'];
type ErrorClass = typeof errors.ApiError;
type ErrorClasses = Readonly<Record<ErrorFacts['code'], ErrorClass> & Record<string, ErrorClass>>;

/** Every code of the document has a class; one that it does not know yet may have one. */
const classes: ErrorClasses = {
  validation_error: errors.ValidationError,
  payload_too_large: errors.ValidationError,
  unsupported_media_type: errors.ValidationError,
  unauthorized: errors.AuthenticationError,
  insufficient_balance: errors.InsufficientBalanceError,
  budget_exceeded: errors.BudgetExceededError,
  forbidden: errors.PermissionError,
  content_policy: errors.ContentPolicyError,
  not_found: errors.NotFoundError,
  conflict: errors.ConflictError,
  rate_limited: errors.RateLimitError,
  provider_error: errors.ProviderError,
  provider_timeout: errors.ProviderError,
  deadline_missed: errors.ProviderError,
  internal_error: errors.ServerError,
  unavailable: errors.ServerError,
};

/** Statuses that may pass, for answers that are not the API's own: a proxy's, say. */
const PASSING_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * The error that an answer tells of.
 *
 * @param text body of the answer, whatever it is
 */
export function answerError(
  response: Pick<Response, 'status' | 'headers'>,
  text: string,
  nowMs: number,
  idempotencyKey?: string,
): errors.ApiError {
  const { status, headers } = response;
  const given = factsOf(text);
  const { code = 'unknown', message, retryable, charged, requestId, ...details } = given;
  const known = Object.hasOwn(classes, code) ? classes[code] : undefined;
  const Class = known ?? errors.ApiError;
  return new Class(message ?? `the answer is ${status}, without an error of the API`, {
    code,
    status,
    retryable: retryable ?? PASSING_STATUSES.has(status),
    charged,
    requestId: requestId ?? headers.get('x-request-id') ?? undefined,
    idempotencyKey,
    retryAfterSeconds: retryAfterOf(headers.get('retry-after'), nowMs) ?? details.retryAfter,
    details,
  });
}

function factsOf(text: string): Partial<Omit<ErrorFacts, 'code'>> & { code?: string } {
  try {
    const { error } = JSON.parse(text);
    return typeof error === 'object' && error !== null ? error : {};
  } catch {
    return {};
  }
}

/** Seconds or an HTTP date (RFC 9110, section 10.2.3). */
function retryAfterOf(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - nowMs) / 1000);
}
