import type { WorkerRegistry } from '@imprest/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aWorker } from '../builders/worker.js';

export interface WorkerRegistryHarness {
  /** One more process on the same registry. */
  connect(): WorkerRegistry;
  readonly goneAfterMs: number;
  /** Lets that much time go by for workers that are registered. */
  elapse(ms: number): Promise<void>;
  dispose(): Promise<void>;
}

const loaded = { provider: 'painter', model: 'painter-v1', at: 'loaded', gpuMs: 900 } as const;

const beatOf = (id: string, session = 'first') => ({ id, session, residency: [], usedSlots: 0 });

export function workerRegistryConformance(
  name: string,
  create: () => Promise<WorkerRegistryHarness>,
): void {
  describe(`WorkerRegistry: ${name}`, () => {
    let harness: WorkerRegistryHarness;
    let registry: WorkerRegistry;
    const states = async () => (await registry.workers()).map(({ id, state }) => [id, state]);

    beforeEach(async () => {
      harness = await create();
      registry = harness.connect();
    });
    afterEach(async () => {
      await registry.close();
      await harness.dispose();
    });

    test('tells what workers said of themselves, by id', async () => {
      const bare = { models: ['a'], providers: null, vramBytes: null, version: null, labels: {} };
      const [one, other] = [aWorker({ id: 'gpu-b' }), aWorker({ id: 'gpu-a', ...bare })];
      await registry.register(one, 'active');
      await registry.register(other, 'cordoned');
      expect(await registry.workers()).toEqual([
        expect.objectContaining({ ...other, state: 'cordoned', usedSlots: 0 }),
        expect.objectContaining({ ...one, state: 'active', usedSlots: 0 }),
      ]);
      expect((await registry.workers())[0]?.seenAt).toBeInstanceOf(Date);
    });

    test('takes beats of many workers at once, and answers what has been ordered of each', async () => {
      await registry.register(aWorker({ id: 'gpu-1' }), 'active');
      await registry.register(aWorker({ id: 'gpu-2' }), 'draining');
      const beats = [
        beatOf('gpu-2'),
        { ...beatOf('gpu-1'), residency: [loaded], usedSlots: 2 },
        beatOf('gpu-1', 'another'),
        beatOf('gpu-3'),
      ];
      expect(await registry.beat(beats)).toEqual(['draining', 'active', 'replaced', 'unknown']);
      const [first] = await registry.workers();
      expect(first).toMatchObject({ residency: [loaded], usedSlots: 2 });
      expect(await registry.beat([])).toEqual([]);
    });

    test('says that a worker is gone when it missed its beats, until it beats again', async () => {
      await registry.register(aWorker({ id: 'gpu-1' }), 'active');
      await harness.elapse(harness.goneAfterMs - 10_000);
      expect(await states()).toEqual([['gpu-1', 'active']]);
      await harness.elapse(11_000);
      expect(await states()).toEqual([['gpu-1', 'gone']]);
      expect(await registry.beat([beatOf('gpu-1')])).toEqual(['active']);
      expect(await states()).toEqual([['gpu-1', 'active']]);
    });

    test('says at once that a worker is gone that has left, and nobody leaves for another session', async () => {
      await registry.register(aWorker({ id: 'gpu-1' }), 'active');
      await registry.leave('gpu-1', 'before');
      expect(await states()).toEqual([['gpu-1', 'active']]);
      await registry.leave('gpu-1', 'first');
      expect(await states()).toEqual([['gpu-1', 'gone']]);
    });

    test('gives the name to the process that registered last', async () => {
      await registry.register(aWorker({ session: 'first' }), 'active');
      await registry.leave('gpu-1', 'first');
      await registry.register(aWorker({ session: 'second', slots: 4 }), 'active');
      expect(await registry.beat([beatOf('gpu-1', 'first')])).toEqual(['replaced']);
      expect(await registry.workers()).toEqual([
        expect.objectContaining({ session: 'second', slots: 4, state: 'active' }),
      ]);
    });

    test('remembers what was ordered until something else is', async () => {
      await registry.register(aWorker(), 'active');
      expect(await registry.order('gpu-1', 'cordoned')).toBe(true);
      expect(await registry.order('gpu-2', 'cordoned')).toBe(false);
      expect(await registry.beat([beatOf('gpu-1')])).toEqual(['cordoned']);
      expect(await states()).toEqual([['gpu-1', 'cordoned']]);
    });

    test('is one registry for several processes, whose batches do not wait for each other', async () => {
      const ids = Array.from({ length: 20 }, (_, n) => `gpu-${n}`);
      for (const id of ids) await registry.register(aWorker({ id }), 'active');
      const other = harness.connect();
      const answers = await Promise.all([
        registry.beat(ids.map((id) => beatOf(id))),
        other.beat([...ids].reverse().map((id) => beatOf(id))),
      ]);
      expect(new Set(answers.flat())).toEqual(new Set(['active']));
      expect(await other.workers()).toHaveLength(20);
      if (other !== registry) await other.close();
    });
  });
}
