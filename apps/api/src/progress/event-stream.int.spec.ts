import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { routeConsoleUrl } from '@imprest/platform';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventStream } from './event-stream.js';

let server: FastifyInstance;
let streams: EventStream[];
let before: () => Promise<void>;

beforeEach(async () => {
  streams = [];
  before = async () => {};
  server = fastify({
    forceCloseConnections: true,
    rewriteUrl: (request) => routeConsoleUrl(request),
  });
  server.get('*', async (_request, reply) => {
    reply.header('x-request-id', 'r1');
    await before();
    streams.push(new EventStream(reply));
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(() => server.close());

const port = () => (server.server.address() as AddressInfo).port;
const until = async (holds: () => boolean) => {
  for (let waited = 0; !holds() && waited < 5_000; waited += 10) await sleep(10);
  expect(holds()).toBe(true);
};

async function open(
  path = '/',
): Promise<{ response: Response; stream: EventStream; stop: () => void }> {
  const abort = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port()}${path}`, { signal: abort.signal });
  const stream = streams.at(-1);
  if (stream === undefined) throw new Error('no stream was opened');
  return { response, stream, stop: () => abort.abort() };
}

describe('a stream of events', () => {
  it('has the type that browsers expect, is never cached, and keeps headers set before', async () => {
    const { response, stream } = await open();
    stream.end();

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('x-request-id')).toBe('r1');
  });

  it('sends each event at once, with its id, and breaks no event at a line end', async () => {
    const { response, stream } = await open();
    const reader = response.body!.getReader();
    stream.send('7', 'progress', { note: 'one\ntwo' });
    const { value } = await reader.read();

    expect(Buffer.from(value!).toString()).toBe(
      'id: 7\nevent: progress\ndata: {"note":"one\\ntwo"}\n\n',
    );
    stream.end();
    expect((await reader.read()).done).toBe(true);
    expect(stream.open).toBe(false);
  });

  it('takes what comes after its end, and a second end, in silence', async () => {
    const { response, stream } = await open();
    stream.end();
    stream.end();
    stream.send('8', 'late', {});

    expect(await response.text()).toBe('');
  });

  it('ends after a minute for a session, whatever it said that it accepts, and not for a key', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const minutes = () => timers.mock.calls.filter(([, ms]) => ms === 60_000);
    const { stop } = await open('/v1/events/stream');
    expect(minutes()).toHaveLength(0);
    stop();

    const { response, stream } = await open('/console/api/tenants/atlas/v1/events/stream');
    const [bound] = minutes();
    timers.mockRestore();
    expect(stream.open).toBe(true);
    (bound![0] as () => void)();

    expect(stream.open).toBe(false);
    expect(await response.text()).toBe('');
  });

  it('is over when the reader goes away', async () => {
    const { stream, stop } = await open();
    stop();

    await until(() => !stream.open);
    stream.send('9', 'nobody', {});
  });

  it('is over at once for a reader that went away before it began, and starts no heartbeat', async () => {
    let go = () => {};
    before = () =>
      new Promise((resolve) => {
        go = resolve;
      });
    const socket = connect(port(), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await sleep(50);
    socket.destroy();
    await sleep(50);
    const started = vi.spyOn(globalThis, 'setInterval');
    go();

    await until(() => streams.length === 1);
    expect(streams[0]?.open).toBe(false);
    expect(started).not.toHaveBeenCalled();
    started.mockRestore();
  });

  it('lets go of a reader that takes nothing', async () => {
    const socket = connect(port(), '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(socket, 'data');
    socket.pause();
    await until(() => streams.length === 1);
    const stream = streams[0]!;
    const data = { text: 'x'.repeat(256 * 1024) };
    let sent = 0;
    for (; stream.open && sent < 200; sent += 1) {
      stream.send(String(sent), 'flood', data);
      await sleep(1);
    }

    expect(stream.open).toBe(false);
    socket.destroy();
  });
});
