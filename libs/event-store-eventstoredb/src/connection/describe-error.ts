import { EventStoreUnavailable } from '@imprest/application';

/** The server's own words; some errors of the protocol have an empty message, some have none but a code. */
export function describe(error: unknown): string {
  const { details, message, code, type } = error as {
    readonly details?: unknown;
    readonly message?: unknown;
    readonly code?: unknown;
    readonly type?: unknown;
  };
  for (const text of [details, message, type]) {
    if (typeof text === 'string' && text !== '') return text;
  }
  return code === undefined ? String(error) : `gRPC status ${String(code)}`;
}

/** Whatever kept a read from its end: a raw gRPC error, one of the client's, or time. */
export function unavailable(error: unknown): EventStoreUnavailable {
  if (error instanceof EventStoreUnavailable) return error;
  return new EventStoreUnavailable(`the event store did not answer: ${describe(error)}`, {
    cause: error,
  });
}
