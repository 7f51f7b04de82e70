import {
  aWorker,
  fixedClock,
  InMemoryWorkerRegistry,
  InMemoryWorkQueue,
  imageModel,
} from '@imprest/testkit';
import { describe, expect, test } from 'vitest';
import type { ModelEntry } from '../../ports/model-catalogue.js';
import type { RegisteredWorker, ResidentModel } from '../../ports/worker-registry.js';
import { WorkerFleet } from '../../workers/worker-fleet.js';
import { PATIENCE_MS } from './lane-offer.js';
import { LaneScheduler } from './lane-scheduler.js';

const ROOM = 24_000_000_000;

const model = (alias: string, more: Partial<ModelEntry> = {}) =>
  imageModel({ alias, provider: 'painter', providerModel: `${alias}-v1`, ...(more as object) });

const loaded = (alias: string, gpuMs = 1_000_000): ResidentModel => {
  return { provider: 'painter', model: `${alias}-v1`, at: 'loaded', gpuMs, loadedMs: gpuMs };
};

function scheduling(entries: readonly ModelEntry[]) {
  const clock = fixedClock();
  const queue = new InMemoryWorkQueue(clock);
  const registry = new InMemoryWorkerRegistry(clock);
  const catalogue = {
    aliases: entries.map(({ alias }) => alias),
    resolve: (alias?: string) => entries.find((entry) => entry.alias === alias),
    priceBook: { version: '1', models: {}, clips: {} },
  };
  const troubles: string[] = [];
  const troubled = (what: string) => troubles.push(what);
  const fleet = new WorkerFleet({ registry, catalogue, clock, troubled });
  const breakers = { verdict: async () => ({ shut: new Set<string>(), probes: [] }) };
  const scheduler = new LaneScheduler({ catalogue, fleet, queue, clock, breakers });
  const join = (id: string, residency: readonly ResidentModel[] = [], more: object = {}) =>
    registry.register(aWorker({ id, residency, slots: 1, ...more }), 'active');
  const wait = async (lane: string, count = 1) => {
    const items = Array.from({ length: count }, (_, n) => {
      return { id: `${lane}-${n}-${clock.now().getTime()}`, tenantId: 'tenant', lane, cost: 1 };
    });
    await queue.enqueue(items);
    clock.advance(1_000);
  };
  const choose = (workerId: string, limit = 1, residency?: readonly ResidentModel[]) =>
    scheduler.choose({ workerId, session: 'first', limit, residency });
  return { clock, registry, queue, troubles, join, wait, choose };
}

const two = [model('one', { vramBytes: ROOM }), model('other', { vramBytes: ROOM })];

describe('a worker that asks', () => {
  test('and tells nothing of what it has loaded is offered all lanes in fair order', async () => {
    const { join, choose } = scheduling(two);
    expect((await choose('gpu-1')).tiers).toEqual([undefined]);
    await join('gpu-1');
    expect((await choose('gpu-1')).tiers).toEqual([undefined]);
  });

  test('is offered first what it has loaded, by its own word or by its last beat', async () => {
    const { join, choose } = scheduling(two);
    await join('gpu-1', [loaded('one')]);
    await join('gpu-2', [loaded('other')]);
    expect((await choose('gpu-1')).tiers).toEqual([['one']]);
    const own = await choose('gpu-1', 1, [loaded('other')]);
    expect(own.tiers).toEqual([['other'], ['one']]);
    expect(own.swaps).toEqual(new Set(['one']));
  });

  test('takes over what waits too long for the others that have it loaded', async () => {
    const { join, wait, choose, clock } = scheduling(two);
    await join('gpu-1', [loaded('one')]);
    await join('gpu-2', [loaded('other')]);
    await wait('other');
    expect((await choose('gpu-1')).tiers).toEqual([['one']]);
    clock.advance(1_000);
    expect((await choose('gpu-1')).tiers).toEqual([['one'], ['other']]);
    clock.advance(PATIENCE_MS);
    expect((await choose('gpu-1')).tiers).toEqual([['one', 'other']]);
  });

  test('holds what it has loaded four times as long as that took, unless the catalogue says more', async () => {
    const slow = [model('one', { loadSeconds: 30, vramBytes: ROOM }), ...two.slice(1)];
    const { join, wait, choose } = scheduling(slow);
    await join('gpu-1', [loaded('one', 119_000)]);
    await join('gpu-2');
    await wait('other');
    expect((await choose('gpu-1')).tiers).toEqual([['one'], ['other']]);
    expect((await choose('gpu-1', 1, [loaded('one', 121_000)])).tiers).toEqual([['one', 'other']]);
  });

  test('is offered by slots what fits', async () => {
    const { join, choose } = scheduling([two[0]!, model('film', { slotCost: 2 })]);
    await join('gpu-1', [], { slots: 2 });
    expect((await choose('gpu-1', 1)).tiers).toEqual([['one']]);
    expect((await choose('gpu-1', 2)).tiers).toEqual([['one', 'film']]);
  });

  test('gets nothing while it is cordoned, whatever its session', async () => {
    const { join, registry, choose } = scheduling(two);
    await join('gpu-1', [loaded('one')], { session: 'before' });
    await registry.order('gpu-1', 'cordoned');
    expect((await choose('gpu-1')).tiers).toEqual([]);
  });

  test('is served by what was known before while the registry does not answer', async () => {
    const { join, registry, choose, clock, troubles } = scheduling(two);
    await join('gpu-1', [loaded('one')]);
    expect((await choose('gpu-1')).tiers[0]).toEqual(['one']);
    registry.workers = () => Promise.reject<readonly RegisteredWorker[]>(new Error('cut'));
    clock.advance(2_000);
    expect((await choose('gpu-1')).tiers[0]).toEqual(['one']);
    expect(troubles).toEqual(['reading the registry of workers']);
  });
});
