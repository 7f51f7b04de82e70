import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultSettings } from '../faults.js';
import type { EventStoreDbServer } from '../server.js';

const MOST_BYTES = 10_000;

/** Lets another process make the server fail: `POST /faults`, `/restore`, `/drop-connections`; `GET /state`. */
export async function startControl(
  server: EventStoreDbServer,
  port: number,
): Promise<{ readonly port: number; stop(): void }> {
  const http: Server = createServer((request, response) => {
    handle(server, request).then(
      (answer) => {
        response.statusCode = answer === undefined ? 404 : 200;
        response.end(JSON.stringify(answer ?? { error: 'no such path' }));
      },
      (error: Error) => {
        response.statusCode = 400;
        response.end(JSON.stringify({ error: error.message }));
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    http.on('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
  return { port: (http.address() as AddressInfo).port, stop: () => http.close() };
}

async function handle(
  server: EventStoreDbServer,
  request: IncomingMessage,
): Promise<object | undefined> {
  const { faults, log } = server;
  switch (`${request.method} ${request.url}`) {
    case 'POST /faults':
      faults.set(JSON.parse(await textOf(request)) as Partial<FaultSettings>);
      return {};
    case 'POST /restore':
      faults.restore();
      return {};
    case 'POST /drop-connections':
      server.dropConnections();
      return {};
    case 'GET /state':
      return { events: log.length, head: log.length === 0 ? 0 : log.at(log.length - 1).position };
    default:
      return undefined;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) throw new Error(`a request has at most ${MOST_BYTES} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
