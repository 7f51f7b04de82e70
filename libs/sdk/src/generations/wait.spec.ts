import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConnectionError, DeadlineError, Imprest, NotFoundError } from '../index.js';

const RECORD = { requestId: 'req_1', status: 'succeeded', images: [] };
const STARTED = 'id: 4\nevent: started\ndata: {"attempt":1}\n\n';
const HALF = 'id: 5\nevent: progress\ndata: {"progress":0.5}\n\n';
const LOOK =
  'event: preview\ndata: {"index":0,"step":3,"of":20,"url":"data:image/webp;base64,AA"}\n\n';
const ENDED = `id: 9\nevent: succeeded\ndata: ${JSON.stringify(RECORD)}\n\n`;

/** How a connection to the events goes: what it brings, then its end; or that it stays silent for ever. */
type Connection = { readonly brings: string; readonly breaks?: boolean; readonly hangs?: boolean };

function body({ brings, breaks, hangs }: Connection): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(brings));
      if (breaks) setTimeout(() => controller.error(new Error('socket hang up')));
      else if (!hangs) controller.close();
    },
  });
}

function connected(...connections: readonly Connection[]) {
  const resumed: (string | null)[] = [];
  const urls: string[] = [];
  const imprest = new Imprest({
    baseUrl: 'https://imprest.example.com',
    apiKey: 'k',
    maxRetries: 2,
    fetch: async (url, init) => {
      urls.push(String(url));
      resumed.push(new Headers(init?.headers).get('last-event-id'));
      return new Response(body(connections[resumed.length - 1] ?? { brings: '' }));
    },
  });
  return { imprest, resumed, urls };
}

afterEach(() => {
  vi.useRealTimers();
});

/** Lets pauses and silences pass at once. */
async function soon<T>(begin: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const outcome = begin();
  outcome.catch(() => {});
  for (let turn = 0; turn < 20; turn += 1) await vi.advanceTimersByTimeAsync(10_000);
  return outcome;
}

describe('waiting by events', () => {
  it('goes on after the last event when a connection breaks, ends early or falls silent', async () => {
    const { imprest, resumed } = connected(
      { brings: STARTED, breaks: true },
      { brings: `${HALF}id: 6\nevent: succ` },
      { brings: ': still here\n\n', hangs: true },
      { brings: ENDED },
    );
    const told: string[] = [];
    const record = await soon(() =>
      imprest.generations.wait('req_1', { onEvent: ({ type }) => told.push(type) }),
    );
    expect(record).toEqual(RECORD);
    expect(told).toEqual(['started', 'progress', 'ended']);
    expect(resumed).toEqual([null, '4', '5', '5']);
  });

  it('shows previews to whoever asks, and goes on after the last event that had an id', async () => {
    const { imprest, resumed, urls } = connected(
      { brings: `${LOOK}${STARTED}${LOOK}`, breaks: true },
      { brings: LOOK, breaks: true },
      { brings: ENDED },
    );
    const told: string[] = [];
    await soon(async () => {
      const events = imprest.generations.follow('req_1', { previews: true });
      for await (const { type } of events) told.push(type);
    });
    expect(told).toEqual(['preview', 'started', 'preview', 'preview', 'ended']);
    expect(resumed).toEqual([null, '4', '4']);
    expect(urls[0]).toMatch(/\/events\?previews=true$/);
  });

  it('gives up after as many connections without an event as there are retries', async () => {
    const { imprest, resumed } = connected({ brings: STARTED });
    const outcome = soon(() => imprest.generations.wait('req_1'));
    await expect(outcome).rejects.toBeInstanceOf(ConnectionError);
    expect(resumed).toEqual([null, '4', '4', '4']);
  });

  it('does not repeat what cannot pass', async () => {
    const error = { code: 'not_found', message: 'No.', retryable: false, charged: false };
    const imprest = new Imprest({
      baseUrl: 'https://imprest.example.com',
      apiKey: 'k',
      fetch: async () => Response.json({ error }, { status: 404 }),
    });
    await expect(imprest.generations.wait('req_1')).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe('waiting', () => {
  it('ends at its deadline and names what goes on', async () => {
    const { imprest } = connected({ brings: STARTED, hangs: true });
    const outcome = imprest.generations.wait('req_1', { deadlineMs: 30 });
    await expect(outcome).rejects.toBeInstanceOf(DeadlineError);
    await expect(outcome).rejects.toMatchObject({ generationId: 'req_1', retryable: true });
  });

  it('ends with its signal', async () => {
    const { imprest } = connected({ brings: STARTED, hangs: true });
    const outcome = imprest.generations.wait('req_1', { signal: AbortSignal.timeout(20) });
    await expect(outcome).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('asks again and again where no stream gets through', async () => {
    const statuses = ['queued', 'processing', 'failed'];
    const imprest = new Imprest({
      baseUrl: 'https://imprest.example.com',
      apiKey: 'k',
      fetch: async () => Response.json({ ...RECORD, status: statuses.shift() }),
    });
    const record = await soon(() => imprest.generations.wait('req_1', { by: 'poll' }));
    expect(record.status).toBe('failed');
    expect(statuses).toEqual([]);
  });
});
