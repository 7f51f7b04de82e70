/** What the orchestrator refused, or that it could not be reached. */
export type OrchestratorErrorKind =
  /** The lease is not held any more, or the job was cancelled: stop, and report nothing. */
  | 'lease_lost'
  | 'cancelled'
  /** Storage did not take this image. */
  | 'storage_failed'
  /** The orchestrator understood and refused: sending it again would change nothing. */
  | 'refused'
  /** No answer, or one that asks to come back: worth another try. */
  | 'unavailable';

export class OrchestratorError extends Error {
  override readonly name = 'OrchestratorError';
  constructor(
    readonly kind: OrchestratorErrorKind,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

interface ErrorBody {
  readonly error?: { readonly message?: unknown; readonly reason?: unknown };
}

/** Statuses below 500 that a later try may not meet. */
const TEMPORARY = new Set([408, 425, 429]);

function kindOf(status: number, reason: unknown): OrchestratorErrorKind {
  if (reason === 'lease_lost' || reason === 'cancelled' || reason === 'storage_failed') {
    return reason;
  }
  return status >= 500 || TEMPORARY.has(status) ? 'unavailable' : 'refused';
}

/** Names what an answer that is no success means. */
export function refusal(status: number, body: unknown): OrchestratorError {
  const { message, reason } = (body as ErrorBody | null)?.error ?? {};
  const said = typeof message === 'string' ? message : 'no reason given';
  return new OrchestratorError(
    kindOf(status, reason),
    `the orchestrator answered ${status}: ${said}`,
  );
}

export function isKind(error: unknown, ...kinds: readonly OrchestratorErrorKind[]): boolean {
  return error instanceof OrchestratorError && kinds.includes(error.kind);
}
