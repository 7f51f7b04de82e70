/** What is known of a failure. */
export interface Failure {
  /** Stable: decide by it. The API's own code, or `connection_failed`, `deadline_exceeded`. */
  readonly code: string;
  /** Of HTTP; undefined when no answer came. */
  readonly status?: number | undefined;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** Whether tokens were taken; undefined when no answer came, so that nobody here can know. */
  readonly charged?: boolean | undefined;
  /** `X-Request-Id` of the answer: quote it when you ask for help. */
  readonly requestId?: string | undefined;
  /** Key that the call was sent with. The same call under it is never charged twice. */
  readonly idempotencyKey?: string | undefined;
  /** Seconds that the API asked to wait. */
  readonly retryAfterSeconds?: number | undefined;
  /** Facts of this kind of error, as they came. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Every failure of a call. Arguments that make no sense are TypeErrors. */
export class ImprestError extends Error {
  readonly code: string;
  readonly status: number | undefined;
  readonly retryable: boolean;
  readonly charged: boolean | undefined;
  readonly requestId: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, failure: Failure, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = failure.code;
    this.status = failure.status;
    this.retryable = failure.retryable;
    this.charged = failure.charged;
    this.requestId = failure.requestId;
    this.idempotencyKey = failure.idempotencyKey;
    this.retryAfterSeconds = failure.retryAfterSeconds;
    this.details = failure.details ?? {};
  }
}

/** The API answered with an error. Its subclasses stand for its codes. */
export class ApiError extends ImprestError {}

/** A field breaks a rule, the body is too large, or it is not JSON. */
export class ValidationError extends ApiError {
  /** Path of the offending field. */
  get field(): string | undefined {
    return this.details.field as string | undefined;
  }
}

/** The key is missing, unknown or revoked. */
export class AuthenticationError extends ApiError {}

export class InsufficientBalanceError extends ApiError {
  /** Tokens that can be spent. */
  get balance(): number {
    return this.details.balance as number;
  }

  /** Tokens that the request costs. */
  get required(): number {
    return this.details.required as number;
  }
}

/** The key or the end user has a budget, and the request costs more than is left of it. */
export class BudgetExceededError extends ApiError {
  get budget(): 'apiKey' | 'endUser' {
    return this.details.budget as 'apiKey' | 'endUser';
  }

  /** ISO 8601, when the period ends; undefined for a budget without one. */
  get resetsAt(): string | undefined {
    return this.details.resetsAt as string | undefined;
  }
}

/** The key lacks a scope or a model, the end user is blocked, or the account is frozen. */
export class PermissionError extends ApiError {
  get scope(): string | undefined {
    return this.details.scope as string | undefined;
  }
}

/** The prompt breaks the content policy. */
export class ContentPolicyError extends ApiError {
  get category(): string | undefined {
    return this.details.category as string | undefined;
  }
}

/** Nothing is there, or it is another tenant's. */
export class NotFoundError extends ApiError {}

/** It contradicts what happened before, as another request under a used idempotency key does. */
export class ConflictError extends ApiError {}

/** More requests than the key may make; `retryAfterSeconds` is under 60. */
export class RateLimitError extends ApiError {}

/** Who renders failed or took too long. */
export class ProviderError extends ApiError {}

/** The API itself failed or is not there at the moment. */
export class ServerError extends ApiError {}

/** No answer came, or only a part of one: the call may or may not have been carried out. */
export class ConnectionError extends ImprestError {
  constructor(message: string, options: ErrorOptions & { idempotencyKey?: string | undefined }) {
    const { idempotencyKey, ...rest } = options;
    super(message, { code: 'connection_failed', retryable: true, idempotencyKey }, rest);
  }
}

/** Waiting took longer than it was given. The work goes on, and can be waited for again. */
export class DeadlineError extends ImprestError {
  constructor(
    readonly generationId: string,
    deadlineMs: number,
  ) {
    const message = `${generationId} did not end within ${deadlineMs} ms`;
    super(message, { code: 'deadline_exceeded', retryable: true });
  }
}
