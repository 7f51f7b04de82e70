import { type CheckpointStore, START_OF_STORE } from '@imprest/application';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

export interface CheckpointStoreHarness {
  /** One more process on the same checkpoints. */
  connect(): Promise<CheckpointStore>;
  dispose(): Promise<void>;
}

const MARK = 'insert into marks (batch) values ($1)';

export function checkpointStoreConformance(
  name: string,
  create: () => Promise<CheckpointStoreHarness>,
): void {
  describe(`CheckpointStore: ${name}`, () => {
    let harness: CheckpointStoreHarness;
    let store: CheckpointStore;
    const nothing = async () => {};
    const advance = (to: bigint, by = store) =>
      by.advance('projector', to, async (sql) => {
        await sql.query(MARK, [Number(to)]);
      });
    const marks = async () => {
      let batches: number[] = [];
      await (await harness.connect())
        .advance('reader of marks', 1n, async (sql) => {
          const rows = await sql.query<{ batch: number }>('select batch from marks order by batch');
          batches = rows.map(({ batch }) => batch);
          throw new Error('read only');
        })
        .catch(nothing);
      return batches;
    };

    beforeEach(async () => {
      harness = await create();
      store = await harness.connect();
      await store.advance('creator of marks', 1n, async (sql) => {
        await sql.query('create table marks (batch int)');
      });
    });
    afterEach(() => harness.dispose());

    test('a consumer never seen is at the start of the store', async () => {
      expect(await store.load('never seen')).toBe(START_OF_STORE);
    });

    test('a saved position is there for every process, also beyond 2^53', async () => {
      const position = 2n ** 60n;
      await store.save('reactor', position);
      expect(await store.load('reactor')).toBe(position);
      expect(await (await harness.connect()).load('reactor')).toBe(position);
    });

    test('a saved position never moves backwards', async () => {
      await store.save('reactor', 20n);
      await store.save('reactor', 10n);
      expect(await store.load('reactor')).toBe(20n);
    });

    test('consumers do not share a position', async () => {
      await store.save('one', 7n);
      await store.advance('two', 9n, nothing);
      expect([await store.load('one'), await store.load('two')]).toEqual([7n, 9n]);
    });

    test('rows and position are there together', async () => {
      await advance(10n);
      await advance(20n);
      expect(await store.load('projector')).toBe(20n);
      expect(await marks()).toEqual([10, 20]);
    });

    test('work that throws leaves neither rows nor position, and what it threw comes out', async () => {
      await advance(10n);
      const failure = new Error('no such account');
      const failing = store.advance('projector', 20n, async (sql) => {
        await sql.query(MARK, [20]);
        throw failure;
      });
      await expect(failing).rejects.toBe(failure);
      expect(await store.load('projector')).toBe(10n);
      expect(await marks()).toEqual([10]);
    });

    test('work that PostgreSQL refuses leaves neither, and the next advance works', async () => {
      const failing = store.advance('projector', 10n, async (sql) => {
        await sql.query(MARK, [10]);
        await sql.query('select 1 / 0');
      });
      await expect(failing).rejects.toThrow(/division by zero/);
      await advance(20n);
      expect(await marks()).toEqual([20]);
    });

    test('a batch at or behind the position is not worked on again', async () => {
      await advance(20n);
      const work = vi.fn(nothing);
      await store.advance('projector', 20n, work);
      await store.advance('projector', 10n, work);
      expect(work).not.toHaveBeenCalled();
      expect(await store.load('projector')).toBe(20n);
      await advance(30n);
      expect(await marks()).toEqual([20, 30]);
    });

    test('a process that another one overtook is refused until it has loaded again', async () => {
      const other = await harness.connect();
      await Promise.all([store.load('projector'), other.load('projector')]);
      await advance(10n, other);
      await expect(advance(20n)).rejects.toThrow(/projector/);
      expect(await marks()).toEqual([10]);
      expect(await store.load('projector')).toBe(10n);
      await advance(20n);
      expect(await marks()).toEqual([10, 20]);
    });

    test('loading once more, as a status page does, does not hide that another one overtook', async () => {
      const other = await harness.connect();
      await Promise.all([store.load('projector'), other.load('projector')]);
      await advance(10n, other);
      await store.load('projector');
      await expect(advance(20n)).rejects.toThrow(/projector/);
    });

    test('of two processes that advance over the same batch at once, one does', async () => {
      const other = await harness.connect();
      await Promise.all([store.load('projector'), other.load('projector')]);
      const results = await Promise.allSettled([advance(10n), advance(10n, other)]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await marks()).toEqual([10]);
    });

    test('many consumers advance side by side', async () => {
      const consumers = Array.from({ length: 20 }, (_, index) => `consumer ${index}`);
      await Promise.all(consumers.map((consumer) => store.advance(consumer, 5n, nothing)));
      const positions = await Promise.all(consumers.map((consumer) => store.load(consumer)));
      expect(new Set(positions)).toEqual(new Set([5n]));
    });
  });
}
