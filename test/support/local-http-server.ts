import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface CannedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A server on 127.0.0.1 that remembers what it was sent: a webhook receiver, or a host of references. */
export class LocalHttpServer {
  readonly received: ReceivedRequest[] = [];

  private constructor(
    private readonly server: Server,
    private answer: (request: ReceivedRequest) => CannedAnswer,
  ) {}

  static async start(
    answer: (request: ReceivedRequest) => CannedAnswer = () => ({ status: 200 }),
  ): Promise<LocalHttpServer> {
    const server = createServer();
    const started = new LocalHttpServer(server, answer);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const received = {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks),
        };
        started.received.push(received);
        const { status, headers, body } = started.answer(received);
        response.writeHead(status, headers).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  answerWith(answer: (request: ReceivedRequest) => CannedAnswer): void {
    this.answer = answer;
  }

  /** The first request that fits, awaited. */
  async next(
    fits: (request: ReceivedRequest) => boolean,
    timeoutMs = 20_000,
  ): Promise<ReceivedRequest> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = this.received.find(fits);
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`nothing fitting among ${this.received.length}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
