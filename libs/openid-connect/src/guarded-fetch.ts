import { type OutgoingHttp, OutgoingRequestError } from '@imprest/outgoing-http';
import type { CustomFetch } from 'openid-client';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 256 * 1024;
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

/**
 * The one way out of the product in the shape that the client of OpenID Connect asks for.
 * Throws OutgoingRequestError also for a server that says it cannot answer now.
 */
export function guardedFetch(http: OutgoingHttp): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const answer = await http.request({
      ...{ url, method, headers, signal },
      ...(body !== undefined && body !== null && { body: String(body) }),
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_BYTES,
    });
    if (answer.status >= 500) {
      throw new OutgoingRequestError('protocol', `${new URL(url).host} answers ${answer.status}`);
    }
    const received = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      for (const each of [value ?? []].flat()) received.append(name, each);
    }
    const hasBody = !WITHOUT_BODY.includes(answer.status);
    const content = hasBody ? new Uint8Array(answer.body) : null;
    return new Response(content, { status: answer.status, headers: received });
  };
}
