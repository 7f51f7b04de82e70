import { toApiError } from '../api/api-error.ts';
import { csrfToken } from './csrf-token.ts';

/**
 * Calls a route of the session, below /console/api/session. These answer before anybody is signed in too.
 * @throws ApiError
 */
async function callSession<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/console/api/session${path}`, {
    method,
    credentials: 'same-origin',
    headers: {
      'x-csrf-token': csrfToken(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    throw toApiError(response.status, answer, response.headers.get('x-request-id'));
  }
  return answer as T;
}

/** Signs out here. */
export const endSession = () => callSession<void>('DELETE', '');
