import { toApiError, unreachable } from '../api/api-error.ts';
import { csrfToken } from './csrf-token.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * Calls a route of the session, below /console/api/session. Some of them answer before anybody is signed in.
 * @throws ApiError
 */
export async function callSession<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const headers = new Headers();
  if (method !== 'GET') headers.set('x-csrf-token', csrfToken());
  if (body !== undefined) headers.set('content-type', 'application/json');
  const response = await fetch(`/console/api/session${path}`, {
    method,
    headers,
    credentials: 'same-origin',
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw unreachable();
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    throw toApiError(response.status, answer, response.headers.get('x-request-id'));
  }
  return answer as T;
}
