import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '../harness/serve.js';

/** Waits until as many requests have come since the last command. */
export interface SinkCommand {
  readonly requests: number;
  /** The clock starts after these, when the sender's code is compiled. */
  readonly warmUp: number;
}

export interface SinkAnswer {
  readonly port: number;
  /** From the end of the warm-up to the last request. */
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
    if (came === awaited?.warmUp) startedAt = performance.now();
    bodyBytes = bytes;
    settle();
  });
});
server.keepAliveTimeout = 60_000;

function settle(): void {
  if (awaited === undefined || came < awaited.requests) return;
  const { resolve } = awaited;
  awaited = undefined;
  came = 0;
  resolve({ port, elapsedMs: performance.now() - startedAt, bodyBytes });
}

await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

serve<SinkCommand, SinkAnswer>(
  { port, elapsedMs: 0, bodyBytes: 0 },
  (command) =>
    new Promise((resolve) => {
      awaited = { ...command, resolve };
    }),
);
