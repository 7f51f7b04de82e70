import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WorkOrder } from '@imprest/application';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly bytes: Buffer;
  readonly json: Record<string, unknown>;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body?: object;
}

const held = { cancelled: false, lost: false };

export function errorAnswer(status: number, code: string, reason?: string): FakeAnswer {
  return { status, body: { error: { code, message: `because of ${code}`, reason } } };
}

const isPresence = (url: string) => /\/workers\/[^/]+(\/heartbeat)?$/.test(url);
const isLeaseBeat = (url: string) => /\/leases\/[^/]+\/heartbeat$/.test(url);

async function received(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const contentType = request.headers['content-type'];
  const json = contentType === 'application/json' ? JSON.parse(bytes.toString()) : {};
  const { method = '', url = '', headers } = request;
  return { method, url, authorization: headers.authorization, contentType, bytes, json };
}

/** The worker protocol as far as a worker sees it, with answers a test can change. */
export class FakeOrchestrator {
  readonly requests: ReceivedRequest[] = [];
  /** Handed out one by one, as slots allow. */
  readonly orders: WorkOrder[] = [];
  /** Undefined: cut the connection. */
  onHeartbeat: (request: ReceivedRequest) => FakeAnswer | undefined = () => ({
    status: 200,
    body: held,
  });
  onUpload: (request: ReceivedRequest) => FakeAnswer | undefined = ({ url }) => ({
    status: 200,
    body: { receipt: `receipt of ${url.split('/').pop()}` },
  });
  onOutcome: (request: ReceivedRequest) => FakeAnswer | undefined = () => ({
    status: 200,
    body: { status: 'succeeded' },
  });
  /** Of registrations and beats of workers. */
  onPresence: (request: ReceivedRequest) => FakeAnswer | undefined = () => ({
    status: 200,
    body: { state: 'active', heartbeatSeconds: 10 },
  });
  onLeave: (request: ReceivedRequest) => FakeAnswer | undefined = () => ({ status: 204 });
  onLease: ((request: ReceivedRequest) => FakeAnswer | undefined) | undefined;
  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeOrchestrator> {
    const server = createServer();
    const fake = new FakeOrchestrator(server);
    server.on('request', (request, response) => void fake.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get uploads(): readonly ReceivedRequest[] {
    return this.requests.filter(({ url }) => url.includes('/outputs/'));
  }

  get outcomes(): readonly Record<string, unknown>[] {
    return this.requests.filter(({ url }) => url.endsWith('/outcome')).map(({ json }) => json);
  }

  get heartbeats(): readonly Record<string, unknown>[] {
    return this.requests.filter(({ url }) => isLeaseBeat(url)).map(({ json }) => json);
  }

  /** What workers said of themselves, registrations first. */
  get presence(): readonly Record<string, unknown>[] {
    return this.requests.filter(({ url }) => isPresence(url)).map(({ json }) => json);
  }

  /** What workers said when they left. */
  get leaves(): readonly Record<string, unknown>[] {
    return this.requests.filter(({ url }) => url.endsWith('/leave')).map(({ json }) => json);
  }

  get leaseRequests(): readonly Record<string, unknown>[] {
    return this.requests.filter(({ url }) => url === '/worker/v1/leases').map(({ json }) => json);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await received(incoming).catch(() => undefined);
    if (request === undefined) return;
    this.requests.push(request);
    const { url } = request;
    if (url === '/worker/v1/leases') await this.lease(request, response);
    else if (isPresence(url)) this.send(response, this.onPresence(request));
    else if (isLeaseBeat(url)) this.send(response, this.onHeartbeat(request));
    else if (url.endsWith('/leave')) this.send(response, this.onLeave(request));
    else if (url.endsWith('/outcome')) this.send(response, this.onOutcome(request));
    else this.send(response, this.onUpload(request));
  }

  private async lease(request: ReceivedRequest, response: ServerResponse): Promise<void> {
    if (this.onLease !== undefined) return this.send(response, this.onLease(request));
    while (this.orders.length === 0 && !response.destroyed) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (response.destroyed) return;
    const leases = this.orders.splice(0, Number(request.json.slots));
    this.send(response, { status: 200, body: { leases } });
  }

  private send(response: ServerResponse, answer: FakeAnswer | undefined): void {
    if (answer === undefined) {
      response.destroy();
      return;
    }
    const { status, body } = answer;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }
}
