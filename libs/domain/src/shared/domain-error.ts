/** The closed union of expected failures. Every dialect answers each of them. */
export type DomainErrorCode =
  | 'validation_error'
  | 'unauthorized'
  | 'insufficient_balance'
  | 'budget_exceeded'
  | 'forbidden'
  | 'content_policy'
  | 'not_found'
  | 'conflict'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'rate_limited'
  | 'provider_error'
  | 'provider_timeout'
  | 'deadline_missed'
  | 'unavailable'
  | 'internal_error';

export interface DomainError {
  readonly code: DomainErrorCode;
  /** For the caller: names the field and the rule, holds no secret. */
  readonly message: string;
  /** Path of the offending field, when there is one. */
  readonly field?: string;
  /** Facts a program can act on, such as `balance` and `required`. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

export function domainError(
  code: DomainErrorCode,
  message: string,
  more: Omit<DomainError, 'code' | 'message'> = {},
): DomainError {
  return { code, message, ...more };
}

export function validationError(field: string, rule: string): DomainError {
  return { code: 'validation_error', message: `${field} ${rule}`, field };
}
