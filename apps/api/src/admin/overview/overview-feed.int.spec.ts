import type { AddressInfo } from 'node:net';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OperatorOverview } from './overview.js';
import { OverviewFeed } from './overview-feed.js';

const MOST = 100;

let server: FastifyInstance;
let feed: OverviewFeed;
let leaving: AbortController;

beforeEach(async () => {
  feed = new OverviewFeed({ get: async () => ({ head: '7' }) } as unknown as OperatorOverview);
  leaving = new AbortController();
  server = fastify({ forceCloseConnections: true });
  server.get('/', (_request, reply) => feed.watch(reply));
  await server.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(async () => {
  leaving.abort();
  await feed.onModuleDestroy();
  await server.close();
});

const follow = () => {
  const { port } = server.server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}/`, { signal: leaving.signal });
};

it('tells whoever follows at once, and all of them end when the process stops', async () => {
  const response = await follow();
  const ended = response.text();
  await feed.onModuleDestroy();

  expect(await ended).toContain('event: overview\ndata: {"head":"7"}');
});

it('ends at once what is opened while the process stops', async () => {
  await feed.onModuleDestroy();

  expect(await (await follow()).text()).toBe('');
});

it('has room for a hundred, and refuses the next one', async () => {
  const responses = await Promise.all(Array.from({ length: MOST }, follow));
  expect(responses.every(({ status }) => status === 200)).toBe(true);

  const reply = {} as Parameters<OverviewFeed['watch']>[0];
  const error = { code: 'rate_limited', details: { retryAfter: 30 } };
  await expect(feed.watch(reply)).rejects.toMatchObject({ error });
});
