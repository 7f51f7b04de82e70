import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Readiness } from './engine-probe.js';

export interface HealthServerOptions {
  readonly port: number;
  readonly host: string;
  readiness(): Readiness;
  /** Registers what the process tells about itself beside the metrics of Node.js. */
  measure(registry: Registry): void;
}

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

const JSON_TYPE = 'application/json; charset=utf-8';

function listener(readiness: () => Readiness, registry: Registry): RequestListener {
  return async ({ url, method }, response) => {
    if (method !== 'GET') return response.writeHead(405, { allow: 'GET' }).end();
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': JSON_TYPE }).end(JSON.stringify(body));
    if (url === '/healthz') return json(200, { status: 'ok' });
    if (url === '/readyz') {
      const standing = readiness();
      return json(standing.ready ? 200 : 503, standing);
    }
    if (url === '/metrics') {
      const text = await registry.metrics();
      return response.writeHead(200, { 'content-type': registry.contentType }).end(text);
    }
    return json(404, { error: { code: 'not_found', message: 'there is no such route' } });
  };
}

/** Health, readiness and metrics of a process that has no HTTP of its own; the same routes as everywhere. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const { port, host, readiness, measure } = options;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measure(registry);
  const server = createServer(listener(readiness, registry));
  server.requestTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
