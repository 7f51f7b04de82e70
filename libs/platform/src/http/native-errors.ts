import type { DomainError, DomainErrorCode } from '@imprest/domain';
import { asksForProblem, renderProblem } from './problem-details.js';

export interface RenderedError {
  readonly status: number;
  readonly body: object;
  /** `application/json` when absent. */
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param accept the caller's `Accept`, for dialects that have more than one form of an error. */
export type ErrorRenderer = (
  error: DomainError,
  requestId: string,
  accept?: string,
) => RenderedError;

interface NativeError {
  readonly status: number;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
}

/** The native dialect's one table: every code of the domain, or it does not compile. */
export const nativeErrors = {
  validation_error: { status: 400, retryable: false },
  unauthorized: { status: 401, retryable: false },
  insufficient_balance: { status: 402, retryable: false },
  budget_exceeded: { status: 402, retryable: false },
  forbidden: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  conflict: { status: 409, retryable: false },
  payload_too_large: { status: 413, retryable: false },
  unsupported_media_type: { status: 415, retryable: false },
  content_policy: { status: 422, retryable: false },
  rate_limited: { status: 429, retryable: true },
  internal_error: { status: 500, retryable: true },
  provider_error: { status: 502, retryable: true },
  unavailable: { status: 503, retryable: true },
  provider_timeout: { status: 504, retryable: true },
  deadline_missed: { status: 504, retryable: true },
} as const satisfies Record<DomainErrorCode, NativeError>;

/**
 * `{ error: { code, message, field?, …facts, retryable, charged, requestId } }`, or a problem of
 * RFC 9457 with the same facts for a caller that asks for one.
 */
export const renderNativeError: ErrorRenderer = (error, requestId, accept) => {
  const { status, retryable } = nativeErrors[error.code];
  const { code, message, field, details } = error;
  const facts = { field, ...details, retryable, charged: false, requestId };
  if (asksForProblem(accept)) return renderProblem(error, status, facts);
  return { status, body: { error: { code, message, ...facts } } };
};
