import { type ApiError, toApiError, unreachable } from '../api/api-error.ts';
import { csrfToken } from '../session/csrf-token.ts';
import type { ApiRequest } from './api-request.ts';

/** An answer as it came. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** From the call to the whole answer. */
  readonly elapsedMs: number;
  /** Why it is a refusal; null for what was accepted. */
  readonly error: ApiError | null;
}

/** Headers of an answer that say something about the call. */
const TELLING = [
  'content-type',
  'x-request-id',
  'idempotency-replayed',
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
];

function tellingHeaders(headers: Headers): Record<string, string> {
  const told = TELLING.map((name) => [name, headers.get(name)] as const);
  return Object.fromEntries(told.filter((each): each is [string, string] => each[1] !== null));
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Makes a call as it was written, for the session.
 * @param base of the tenant, before the path of the API
 * @throws ApiError when no answer comes; a refusal is an answer
 */
export async function send(base: string, request: ApiRequest): Promise<ApiAnswer> {
  const started = performance.now();
  const { method, path, headers, body } = request;
  const response = await fetch(base + path, {
    method,
    headers: { ...headers, 'x-csrf-token': csrfToken() },
    body: body === null ? null : JSON.stringify(body),
    credentials: 'same-origin',
  }).catch(() => {
    throw unreachable();
  });
  const answer = await bodyOf(response);
  const told = tellingHeaders(response.headers);
  return {
    status: response.status,
    headers: told,
    body: answer,
    elapsedMs: Math.round(performance.now() - started),
    error: response.ok ? null : toApiError(response.status, answer, told['x-request-id'] ?? null),
  };
}
