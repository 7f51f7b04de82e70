/** What the API said when it refused: its own words, and the id to quote when asking for help. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field: string | null,
    readonly requestId: string | null,
  ) {
    super(message);
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The failure of a call that no answer came to. */
export const unreachable = (): ApiError =>
  new ApiError(0, 'unreachable', 'The server cannot be reached.', null, null);

/** The failure in an answer of the API, or of whatever answered in its place. */
export function toApiError(status: number, body: unknown, requestId: string | null): ApiError {
  const error = (body as { error?: Record<string, unknown> } | null)?.error;
  return new ApiError(
    status,
    text(error?.code) ?? 'unreadable_answer',
    text(error?.message) ?? `The server answered with status ${status} and no reason.`,
    text(error?.field),
    text(error?.requestId) ?? requestId,
  );
}
