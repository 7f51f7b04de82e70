import type { AddressInfo } from 'node:net';
import { InvalidCursor } from '@imprest/application';
import type { EventFeed, FeedEntry } from '@imprest/read-models';
import { type FastifyInstance, fastify } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventBodies } from './event-bodies.js';
import { EventStreams } from './event-streams.js';
import { FeedWatch } from './feed-watch.js';

const logger = pino({ level: 'silent' });
let told: FeedEntry[];
let watch: FeedWatch;
let streams: EventStreams;
let server: FastifyInstance;
let readers: AbortController[];

const happen = () => {
  const cursor = `${told.length + 1}`;
  const type = 'generation.completed';
  told.push({ eventId: `e${cursor}`, subjectId: 's', occurredAt: new Date(0), type, cursor });
};

/** Events in the order of their cursors, which are their numbers. */
const feed = {
  newest: async () => `${told.length}`,
  end: async () => `${told.length}`,
  page: async ({ after, limit }: { after: string; limit: number }) => {
    if (!/^\d+$/.test(after)) throw new InvalidCursor();
    const entries = told.slice(Number(after)).slice(0, limit);
    const cursor = entries.at(-1)?.cursor ?? after;
    return { entries, cursor, more: Number(cursor) < told.length };
  },
} as unknown as EventFeed;

const bodies = {
  told: async (_tenantId: string, { eventId: id, type }: FeedEntry) => ({ id, type, body: null }),
} as unknown as EventBodies;

beforeEach(async () => {
  [told, readers] = [[], []];
  watch = new FeedWatch(feed, logger);
  streams = new EventStreams(feed, watch, bodies, logger);
  server = fastify({ forceCloseConnections: true });
  server.get<{ Querystring: { after?: string } }>('/', ({ query: { after } }, reply) =>
    streams.open({ tenantId: 'studio', after }, reply),
  );
  await server.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(async () => {
  for (const reader of readers) reader.abort();
  streams.onModuleDestroy();
  await watch.onModuleDestroy();
  await server.close();
});

async function follow(query = '') {
  const reader = new AbortController();
  readers.push(reader);
  const { port } = server.server.address() as AddressInfo;
  const { signal } = reader;
  const response = await fetch(`http://127.0.0.1:${port}/${query}`, { signal });
  const body = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: response.status,
    leave: () => reader.abort(),
    ids: async (count: number) => {
      const found = () => [...text.matchAll(/^id: (\w+)$/gm)].map(([, id]) => id);
      while (found().length < count) text += (await body?.read())?.value ?? '';
      return found();
    },
    whole: async () => {
      for (let part = await body?.read(); part && !part.done; part = await body?.read()) {
        text += part.value;
      }
      return text;
    },
  };
}

test('what happens from now on comes as it happens, each under its cursor', async () => {
  happen();
  const reader = await follow();
  happen();
  expect(await reader.ids(1)).toEqual(['2']);
  happen();
  expect(await reader.ids(2)).toEqual(['2', '3']);
});

test('a reader that comes back gets what it missed first', async () => {
  for (let count = 0; count < 5; count += 1) happen();
  const reader = await follow('?after=2');
  expect(await reader.ids(3)).toEqual(['3', '4', '5']);
});

test('a cursor of something else is refused before anything is sent', async () => {
  expect((await follow('?after=nonsense')).status).toBe(500);
});

test('a tenant has twenty at most, and a place is free again when one leaves', async () => {
  const open = await Promise.all(Array.from({ length: 20 }, () => follow()));
  expect((await follow()).status).toBe(500);
  open[0]?.leave();
  await expect.poll(async () => (await follow()).status, { timeout: 10_000 }).toBe(200);
});

test('a process that stops ends them', async () => {
  const reader = await follow();
  happen();
  await reader.ids(1);
  streams.onModuleDestroy();
  expect(await reader.whole()).toContain('"id":"e1"');
});
