import { InMemoryEndpointTraffic } from '@imprest/testkit';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { Deliverers } from './deliverers.js';
import { EndpointPlaces } from './endpoint-places.js';

const CONCURRENCY = 8;
let traffic: InMemoryEndpointTraffic;
let now: number;

/** A process that delivers, and takes whatever places it may have at the endpoint. */
function newProcess() {
  const places = new EndpointPlaces();
  const deliverers = new Deliverers(places, traffic, pino({ level: 'silent' }));
  const held = () => [...places.taken()].reduce((sum, { busy }) => sum + busy, 0);
  const takeAll = () => {
    while (places.take('whk', CONCURRENCY, deliverers.shareOf('whk', CONCURRENCY)));
    return held();
  };
  const giveBack = (count: number) => {
    for (let n = 0; n < count; n += 1) places.giveBack('whk', null, 0);
  };
  return { attend: () => deliverers.attend(), stop: () => deliverers.stop(), takeAll, giveBack };
}

beforeEach(() => {
  now = 0;
  traffic = new InMemoryEndpointTraffic(() => now);
});

test('a process that knows of nobody yet has no place, and one alone has all', async () => {
  const one = newProcess();
  expect(one.takeAll()).toBe(0);
  await one.attend();
  expect(one.takeAll()).toBe(CONCURRENCY);
});

test('of two processes, the second has its share once the first has no more than its own', async () => {
  const [one, other] = [newProcess(), newProcess()];
  await one.attend();
  expect(one.takeAll()).toBe(CONCURRENCY);
  for (let round = 0; round < 3; round += 1) {
    await other.attend();
    expect(other.takeAll()).toBe(0);
    await one.attend();
  }
  one.giveBack(4);
  expect(one.takeAll()).toBe(CONCURRENCY / 2);
  await other.attend();
  expect(other.takeAll()).toBe(0);
  await one.attend();
  await other.attend();
  expect(other.takeAll()).toBe(CONCURRENCY / 2);
  expect(one.takeAll()).toBe(CONCURRENCY / 2);
});

test('the share of a process that departed, or says nothing for 40 s, goes to the other', async () => {
  const [one, other] = [newProcess(), newProcess()];
  for (let round = 0; round < 3; round += 1) for (const each of [one, other]) await each.attend();
  expect([one.takeAll(), other.takeAll()]).toEqual([4, 4]);
  now = 39_000;
  await one.attend();
  expect(one.takeAll()).toBe(4);
  now = 41_000;
  await one.attend();
  expect(one.takeAll()).toBe(CONCURRENCY);
});

test('never more than the concurrency is under way, however processes come and go', async () => {
  const processes = Array.from({ length: 4 }, newProcess);
  for (let step = 0; step < 400; step += 1) {
    const each = processes[(step * 7 + Math.floor(step / 3)) % processes.length]!;
    if (step % 29 === 28) {
      each.giveBack(each.takeAll());
      await each.stop();
    } else await each.attend();
    const all = processes.map((one) => one.takeAll());
    expect(all.reduce((sum, held) => sum + held, 0)).toBeLessThanOrEqual(CONCURRENCY);
    const ending = processes[step % processes.length]!;
    ending.giveBack(Math.floor(ending.takeAll() / 2));
  }
});
