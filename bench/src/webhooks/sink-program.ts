import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '../harness/serve.js';

/** Waits until as many requests have come since the last answer. */
export interface SinkCommand {
  readonly requests: number;
}

export interface SinkAnswer {
  readonly port: number;
  /** From the last answer to the last of these requests. */
  readonly elapsedMs: number;
  /** Of the last request. */
  readonly bodyBytes: number;
}

let came = 0;
let startedAt = 0;
let bodyBytes = 0;
let awaited: (SinkCommand & { resolve: (answer: SinkAnswer) => void }) | undefined;

/** A receiver of webhooks that reads what comes and answers at once. */
const server = createServer((request, response) => {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on('end', () => {
    response.writeHead(200, { 'content-length': '0' }).end();
    came += 1;
    bodyBytes = bytes;
    settle();
  });
});
server.keepAliveTimeout = 60_000;

function settle(): void {
  if (awaited === undefined || came < awaited.requests) return;
  const { requests, resolve } = awaited;
  awaited = undefined;
  came -= requests;
  const now = performance.now();
  resolve({ port, elapsedMs: now - startedAt, bodyBytes });
  startedAt = now;
}

await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

serve<SinkCommand, SinkAnswer>(
  { port, elapsedMs: 0, bodyBytes: 0 },
  (command) =>
    new Promise((resolve) => {
      awaited = { ...command, resolve };
      settle();
    }),
);
