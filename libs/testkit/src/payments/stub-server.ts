import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface StubAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An HTTP server of one provider on this machine, whose answers a test's code gives. */
export class StubServer {
  /** While true it answers 503 to everything. */
  isDown = false;
  readonly requests: StubRequest[] = [];

  private constructor(private readonly server: Server) {}

  static async start(
    answer: (request: StubRequest) => StubAnswer | Promise<StubAnswer>,
  ): Promise<StubServer> {
    const server = createServer();
    const stub = new StubServer(server);
    server.on('request', async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const request = {
        method: incoming.method ?? '',
        url: new URL(incoming.url ?? '/', 'http://stub'),
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      stub.requests.push(request);
      const { status, body, headers }: StubAnswer = stub.isDown
        ? { status: 503, body: 'down for maintenance' }
        : await answer(request);
      outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
      outgoing.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
