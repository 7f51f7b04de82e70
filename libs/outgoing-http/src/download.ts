import type { Agent } from 'undici';
import { exchange, type OutgoingResponse } from './exchange.js';
import { OutgoingRequestError } from './outgoing-request-error.js';
import type { TargetCache } from './target-cache.js';

export interface DownloadRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A larger file is refused as soon as that is known. */
  readonly maxBytes: number;
  /** For all hops together. */
  readonly timeoutMs: number;
  /** Default 3. */
  readonly maxRedirects?: number;
  readonly signal?: AbortSignal;
}

export interface DownloadedFile {
  /** Of the last hop. Only a 2xx has bytes. */
  readonly status: number;
  readonly bytes: Uint8Array;
  /** As the last server claims, without parameters, in lower case. */
  readonly contentType: string | undefined;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const DEFAULT_MAX_REDIRECTS = 3;

/** @throws OutgoingRequestError; `protocol` also for more redirects than `maxRedirects` */
export async function download(
  agent: Agent,
  targets: TargetCache,
  request: DownloadRequest,
): Promise<DownloadedFile> {
  const deadline = performance.now() + request.timeoutMs;
  const maxRedirects = request.maxRedirects ?? DEFAULT_MAX_REDIRECTS;
  let url = request.url;
  for (let hop = 0; ; hop += 1) {
    const target = targets.permitted(url);
    const response = await exchange(agent, {
      target,
      method: 'GET',
      headers: { ...request.headers, 'accept-encoding': 'identity' },
      body: undefined,
      timeoutMs: Math.max(1, Math.ceil(deadline - performance.now())),
      headersTimeoutMs: undefined,
      maxResponseBytes: request.maxBytes,
      overflow: 'fail',
      wantsBody: (status) => status >= 200 && status < 300,
      signal: request.signal,
    });
    const location = redirectOf(response);
    if (location === undefined) return toFile(response, target.hostname);
    if (hop === maxRedirects) {
      const rule = `redirects more than ${maxRedirects} times`;
      throw new OutgoingRequestError('protocol', `${target.hostname}: ${rule}`);
    }
    url = nextUrl(location, url, target.hostname);
  }
}

/** An absolute location is judged as it was written, not as a parser tidied it up. */
function nextUrl(location: string, base: string, hostname: string): string {
  if (/^https?:/i.test(location)) return location;
  if (!URL.canParse(location, base)) {
    throw new OutgoingRequestError('protocol', `${hostname}: redirects to no URL`);
  }
  return new URL(location, base).href;
}

function redirectOf({ status, headers }: OutgoingResponse): string | undefined {
  const { location } = headers;
  return REDIRECTS.has(status) && typeof location === 'string' ? location : undefined;
}

function toFile(response: OutgoingResponse, hostname: string): DownloadedFile {
  const encoding = response.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new OutgoingRequestError('protocol', `${hostname}: compressed although asked not to`);
  }
  const type = response.headers['content-type'];
  return {
    status: response.status,
    bytes: response.body,
    contentType: typeof type === 'string' ? type.split(';')[0]!.trim().toLowerCase() : undefined,
  };
}
