import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderFault } from './provider-faults.js';

export interface AskedOfStub {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Aborted when whoever asked has gone. */
  readonly gone: AbortSignal;
}

export interface StubReply {
  readonly status: number;
  /** JSON, or a file. */
  readonly body: unknown;
  readonly mediaType?: string;
  /** The body as it comes, unless a fault of the transport strikes. */
  readonly pieces?: AsyncIterable<Uint8Array>;
  /** It is about work: faults of the transport strike here. Others are answered in any case. */
  readonly isWork?: boolean;
}

const BABBLE = Buffer.alloc(64 * 1024, 'A');

/** Faults that any protocol over HTTP can have, on top of the answers of one. */
export class FaultyServer {
  fault: ProviderFault | undefined;
  /** Of endless answers. */
  sentBytes = 0;
  /** Requests about work that are not answered yet. */
  open = 0;
  readonly requests: AskedOfStub[] = [];

  private constructor(readonly server: Server) {}

  static async start(
    answer: (asked: AskedOfStub) => StubReply | Promise<StubReply>,
  ): Promise<FaultyServer> {
    const faulty = new FaultyServer(createServer());
    faulty.server.on('request', (request, response) => {
      faulty.handle(request, response, answer).catch(() => response.destroy());
    });
    faulty.server.listen(0, '127.0.0.1');
    await once(faulty.server, 'listening');
    return faulty;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(
    request: IncomingMessage,
    response: ServerResponse,
    answer: (asked: AskedOfStub) => StubReply | Promise<StubReply>,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const asked: AskedOfStub = {
      method: request.method ?? '',
      url: new URL(request.url ?? '/', 'http://stub'),
      headers: request.headers,
      body: Buffer.concat(chunks),
      gone: gone.signal,
    };
    this.requests.push(asked);
    const reply = await answer(asked);
    if (!reply.isWork) return this.send(response, reply);
    this.open += 1;
    try {
      await this.sendFaulty(response, reply, gone.signal);
    } finally {
      this.open -= 1;
    }
  }

  private async sendFaulty(
    response: ServerResponse,
    reply: StubReply,
    gone: AbortSignal,
  ): Promise<void> {
    const { fault } = this;
    if (fault === 'slow') return untilAborted(gone);
    if (fault === 'huge') return this.babble(response, reply, gone);
    if (fault === 'stalled' || fault === 'cut') {
      const bytes = bytesOf(reply);
      response.writeHead(reply.status, headersOf(reply, bytes));
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
      // A connection that is closed at once may take what was written along.
      if (fault === 'cut') setTimeout(() => response.destroy(), 20);
      return untilAborted(gone);
    }
    if (fault === 'bad_json') {
      const bytes = bytesOf(reply).subarray(0, -2);
      response.writeHead(reply.status, headersOf(reply, bytes));
      response.end(bytes);
      return;
    }
    return this.send(response, reply);
  }

  private async babble(
    response: ServerResponse,
    reply: StubReply,
    gone: AbortSignal,
  ): Promise<void> {
    response.on('error', () => undefined);
    response.writeHead(200, { 'content-type': reply.mediaType ?? 'application/json' });
    const text = bytesOf(reply).toString('latin1');
    const file = text.search(/[A-Za-z0-9+/]{64}/);
    const { mediaType = 'text/json' } = reply;
    if (mediaType.startsWith('text/') && file > 0) response.write(text.slice(0, file));
    const over = untilAborted(gone);
    while (!gone.aborted) {
      this.sentBytes += BABBLE.length;
      if (!response.write(BABBLE)) await Promise.race([once(response, 'drain'), over]);
    }
  }

  private async send(response: ServerResponse, reply: StubReply): Promise<void> {
    if (reply.pieces !== undefined) {
      response.writeHead(reply.status, { 'content-type': reply.mediaType });
      for await (const piece of reply.pieces) response.write(piece);
      response.end();
      return;
    }
    const bytes = bytesOf(reply);
    response.writeHead(reply.status, headersOf(reply, bytes));
    response.end(bytes);
  }
}

const bytesOf = ({ body }: StubReply): Buffer =>
  body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(JSON.stringify(body));

const headersOf = ({ mediaType = 'application/json' }: StubReply, bytes: Buffer) => ({
  'content-type': mediaType,
  'content-length': bytes.length,
});

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
