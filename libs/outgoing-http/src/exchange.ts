import { setMaxListeners } from 'node:events';
import type { Agent, Dispatcher } from 'undici';
import type { GuardedDispatchOptions } from './guarded-agent.js';
import { OutgoingRequestError, toOutgoingRequestError } from './outgoing-request-error.js';
import type { Target } from './target-policy.js';

/** Names in lower case; a repeated header is an array. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface ExchangeRequest {
  readonly target: Target;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** From the call to the last byte, waiting for a connection included. */
  readonly timeoutMs: number;
  /** From the call to the end of the response's headers. */
  readonly headersTimeoutMs: number | undefined;
  readonly maxResponseBytes: number;
  /** A larger body is cut, or an error. */
  readonly overflow: 'truncate' | 'fail';
  /** Of which statuses the body is wanted; all when absent. */
  readonly wantsBody?: (status: number) => boolean;
  readonly signal: AbortSignal | undefined;
}

export interface OutgoingResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** At most `maxResponseBytes`. */
  readonly body: Uint8Array;
  readonly bodyTruncated: boolean;
  /** IP address the request was sent to. */
  readonly connectedAddress: string;
  /** Name look-up, connection and TLS; null for a connection that was there already. */
  readonly connectMs: number | null;
  /** From the call to the end of the response's headers. */
  readonly firstByteMs: number;
  readonly elapsedMs: number;
}

/** Past the cap, this much is read and dropped to keep the connection; beyond it the connection is closed. */
const DRAIN_BYTES = 64 * 1024;

/** One request and its response. @throws OutgoingRequestError */
export function exchange(agent: Agent, request: ExchangeRequest): Promise<OutgoingResponse> {
  return new Promise((resolve, reject) => new Exchange(request, resolve, reject).start(agent));
}

class Exchange implements Dispatcher.DispatchHandler {
  private readonly startedAt = performance.now();
  private readonly options: GuardedDispatchOptions;
  private controller: Dispatcher.DispatchController | undefined;
  private settledWith: Error | 'response' | undefined;
  private totalTimer: NodeJS.Timeout | undefined;
  private headersTimer: NodeJS.Timeout | undefined;
  private status = 0;
  private firstByteAt = 0;
  private headers: ResponseHeaders = {};
  private chunks: Uint8Array[] = [];
  private received = 0;

  constructor(
    private readonly request: ExchangeRequest,
    private readonly resolve: (response: OutgoingResponse) => void,
    private readonly reject: (error: OutgoingRequestError) => void,
  ) {
    const { target, method, headers, body } = request;
    this.options = { origin: target.origin, path: target.path, method, headers, body };
  }

  start(agent: Agent): void {
    const { signal, timeoutMs, headersTimeoutMs } = this.request;
    if (signal?.aborted) {
      this.onAbort();
      return;
    }
    if (signal) {
      // One signal stops a whole worker: many requests listening to it are no leak.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', this.onAbort, { once: true });
    }
    this.totalTimer = setTimeout(this.onTotalTimeout, timeoutMs);
    if (headersTimeoutMs !== undefined && headersTimeoutMs < timeoutMs) {
      this.headersTimer = setTimeout(this.onHeadersTimeout, headersTimeoutMs);
    }
    agent.dispatch(this.options, this);
  }

  /** Throwing takes a request that was given up while it waited out of the queue, and spares the connection. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.settledWith instanceof Error) throw this.settledWith;
    this.controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: ResponseHeaders,
  ): void {
    if (status < 200 || this.settledWith) return;
    clearTimeout(this.headersTimer);
    this.status = status;
    this.firstByteAt = performance.now();
    this.headers = headers;
    if (this.request.wantsBody?.(status) === false) {
      this.succeed();
      this.closeConnection();
    } else if (
      this.request.overflow === 'fail' &&
      Number(headers['content-length']) > this.request.maxResponseBytes
    ) {
      this.failTooLarge();
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.settledWith) return;
    const room = this.request.maxResponseBytes - this.received;
    this.received += chunk.byteLength;
    if (room > 0) this.chunks.push(chunk.byteLength > room ? chunk.subarray(0, room) : chunk);
    if (!this.overflowed) return;
    if (this.request.overflow === 'fail') {
      this.failTooLarge();
    } else if (this.received > this.request.maxResponseBytes + DRAIN_BYTES) {
      this.succeed();
      this.closeConnection();
    }
  }

  onResponseEnd(): void {
    this.succeed();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.overflowed) this.succeed();
    else this.fail(toOutgoingRequestError(error, this.request.target.hostname));
  }

  private get overflowed(): boolean {
    return this.received > this.request.maxResponseBytes;
  }

  private readonly onAbort = () => this.failWith('aborted', 'aborted by the caller');

  private readonly onHeadersTimeout = () =>
    this.failWith('timeout', `no response headers within ${this.request.headersTimeoutMs} ms`);

  private readonly onTotalTimeout = () => {
    if (this.overflowed) {
      this.succeed();
      this.closeConnection();
    } else {
      this.failWith('timeout', `no complete response within ${this.request.timeoutMs} ms`);
    }
  };

  private failTooLarge(): void {
    this.failWith('too_large', `response exceeds ${this.request.maxResponseBytes} bytes`);
  }

  private failWith(code: OutgoingRequestError['code'], what: string): void {
    this.fail(new OutgoingRequestError(code, `${this.request.target.hostname}: ${what}`));
    this.closeConnection();
  }

  private succeed(): void {
    if (this.settledWith) return;
    this.settle('response');
    const { peer } = this.options;
    const isNewConnection = peer !== undefined && peer.connectedAtMs >= this.startedAt;
    this.resolve({
      status: this.status,
      headers: this.headers,
      body: Buffer.concat(this.chunks),
      bodyTruncated: this.overflowed,
      connectedAddress: peer?.address ?? '',
      connectMs: isNewConnection ? peer.connectMs : null,
      firstByteMs: this.firstByteAt - this.startedAt,
      elapsedMs: performance.now() - this.startedAt,
    });
  }

  private fail(error: OutgoingRequestError): void {
    if (this.settledWith) return;
    this.settle(error);
    this.reject(error);
  }

  private settle(outcome: Error | 'response'): void {
    this.settledWith = outcome;
    clearTimeout(this.totalTimer);
    clearTimeout(this.headersTimer);
    this.request.signal?.removeEventListener('abort', this.onAbort);
  }

  private closeConnection(): void {
    this.controller?.abort(new Error('no more of this response is wanted'));
  }
}
