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
  /** To the 99th in 100 of them. */
  readonly mostMs: number;
  /** Of the last request. */
  readonly bodyBytes: number;
}

let came = 0;
let startedAt = 0;
let mostAt = 0;
let bodyBytes = 0;
let awaited: (SinkCommand & { resolve: (answer: SinkAnswer) => void }) | undefined;

const MOST = 0.99;
const SLOW_MS = 2_000;

/** Receivers of webhooks that read what comes and answer at once, but for `/slow` and `/dead`, which are not counted. */
const server = createServer((request, response) => {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on('end', () => {
    if (request.url === '/dead') return;
    const answer = () => response.writeHead(200, { 'content-length': '0' }).end();
    if (request.url === '/slow') return setTimeout(answer, SLOW_MS);
    answer();
    came += 1;
    bodyBytes = bytes;
    settle();
  });
});
server.keepAliveTimeout = 60_000;

function settle(): void {
  if (awaited === undefined) return;
  if (mostAt === 0 && came >= awaited.requests * MOST) mostAt = performance.now();
  if (came < awaited.requests) return;
  const { requests, resolve } = awaited;
  awaited = undefined;
  came -= requests;
  const now = performance.now();
  resolve({ port, elapsedMs: now - startedAt, mostMs: mostAt - startedAt, bodyBytes });
  startedAt = now;
  mostAt = 0;
}

await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
const { port } = server.address() as AddressInfo;

serve<SinkCommand, SinkAnswer>(
  { port, elapsedMs: 0, mostMs: 0, bodyBytes: 0 },
  (command) =>
    new Promise((resolve) => {
      awaited = { ...command, resolve };
      settle();
    }),
);
