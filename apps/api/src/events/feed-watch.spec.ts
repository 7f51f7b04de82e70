import { EventEmitter } from 'node:events';
import type { EventFeed } from '@imprest/read-models';
import type { FastifyReply } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FeedWatch } from './feed-watch.js';

let newest: string;
let looks: number;
let found: number;
let watch: FeedWatch;
let client: EventEmitter;

const read = (seconds: number) =>
  watch.read(
    async () => found,
    (count) => count > 0,
    seconds,
    { raw: client } as unknown as Pick<FastifyReply, 'raw'>,
  );

beforeEach(() => {
  [newest, looks, found] = ['1', 0, 0];
  client = new EventEmitter();
  const feed = {
    newest: async () => {
      looks += 1;
      return newest;
    },
  };
  watch = new FeedWatch(feed as unknown as EventFeed, pino({ level: 'silent' }));
});
afterEach(() => watch.onModuleDestroy());

test('what is there is answered at once, and so is whoever does not want to wait', async () => {
  expect(await read(0)).toBe(0);
  found = 2;
  expect(await read(30)).toBe(2);
  expect(looks).toBe(0);
});

test('what comes while somebody waits is answered then', async () => {
  const waiting = read(30);
  setTimeout(() => ([newest, found] = ['2', 1]), 20);
  expect(await waiting).toBe(1);
});

test('nobody waits longer than asked for, or for a client that has gone', async () => {
  expect(await read(0.05)).toBe(0);
  const waiting = read(30);
  setTimeout(() => client.emit('close'), 20);
  expect(await waiting).toBe(0);
});

test('a process that stops keeps nobody waiting', async () => {
  const waiting = read(30);
  setTimeout(() => void watch.onModuleDestroy(), 20);
  expect(await waiting).toBe(0);
});
