import { setTimeout as delay } from 'node:timers/promises';
import { type CheckpointStore, START_OF_STORE, type StreamProgress } from '@imprest/application';
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

    describe('by revision', () => {
      const step = (stream: string, revision: number, position: bigint) => ({
        stream,
        revision,
        position,
      });
      const accept = (...steps: readonly StreamProgress[]) =>
        store.accept('projector', async (sql) => {
          for (const { position } of steps) await sql.query(MARK, [Number(position)]);
          return { processed: steps };
        });
      const revisions = async (...streams: readonly string[]) =>
        Object.fromEntries(await (await store.standing('projector')).revisions(streams));

      test('a consumer never seen has processed nothing', async () => {
        const { position, reached, parked } = await store.standing('projector');
        expect([position, reached, parked.size]).toEqual([START_OF_STORE, 0n, 0]);
        expect(await revisions('a')).toEqual({});
      });

      test('rows and revisions are there together, and the position stays', async () => {
        await accept(step('a', 0, 11n), step('b', 4, 12n));
        expect(await revisions('a', 'b', 'c')).toEqual({ a: 0, b: 4 });
        const { position, reached } = await store.standing('projector');
        expect([position, reached]).toEqual([START_OF_STORE, 12n]);
        expect(await marks()).toEqual([11, 12]);
      });

      test('work that throws leaves neither', async () => {
        await accept(step('a', 0, 11n));
        const failure = new Error('no such account');
        const failing = store.accept('projector', async (sql) => {
          await sql.query(MARK, [12]);
          throw failure;
        });
        await expect(failing).rejects.toBe(failure);
        expect(await revisions('a')).toEqual({ a: 0 });
        expect(await marks()).toEqual([11]);
      });

      test('work sees what was processed before it', async () => {
        await accept(step('a', 3, 11n));
        let seen = new Map<string, number>() as ReadonlyMap<string, number>;
        await store.accept('projector', async (_, standing) => {
          seen = await standing.revisions(['a', 'b']);
          return { processed: [] };
        });
        expect([...seen]).toEqual([['a', 3]]);
      });

      test('of one consumer one is under way at a time, whoever asks; of others any number', async () => {
        const other = await harness.connect();
        const inside: string[] = [];
        const both = [store, other].flatMap((by) =>
          ['one', 'two'].map((consumer) =>
            by.accept(consumer, async () => {
              expect(inside).not.toContain(consumer);
              inside.push(consumer);
              await delay(50);
              inside.splice(inside.indexOf(consumer), 1);
              return { processed: [] };
            }),
          ),
        );
        await Promise.all(both);
      });

      test('two processes that do the same find what the other one did', async () => {
        const other = await harness.connect();
        const next = (by: CheckpointStore) =>
          by.accept('projector', async (sql, standing) => {
            const last = (await standing.revisions(['a'])).get('a') ?? -1;
            await sql.query(MARK, [last + 1]);
            return { processed: [step('a', last + 1, BigInt(last + 2))] };
          });
        await Promise.all(Array.from({ length: 12 }, (_, n) => next(n % 2 === 0 ? store : other)));
        expect(await marks()).toEqual(Array.from({ length: 12 }, (_, n) => n));
        expect(await revisions('a')).toEqual({ a: 11 });
      });

      test('a stream never moves backwards, nor does the position', async () => {
        await store.record('projector', { processed: [step('a', 5, 20n)], settled: 15n });
        await store.record('projector', { processed: [step('a', 3, 10n)], settled: 9n });
        expect(await revisions('a')).toEqual({ a: 5 });
        const { position, reached } = await store.standing('projector');
        expect([position, reached]).toEqual([15n, 20n]);
      });

      test('many record the same streams at once, in whatever order they name them', async () => {
        const streams = Array.from({ length: 40 }, (_, n) => `stream ${n}`);
        const both = [store, await harness.connect()];
        const rounds = Array.from({ length: 10 }, (_, n) => {
          const steps = streams.map((stream) => step(stream, n, BigInt(n + 1)));
          const processed = n % 2 === 0 ? steps : steps.reverse();
          return both[n % 2]!.record('reactor', { processed });
        });
        await Promise.all(rounds);
        const standing = await store.standing('reactor');
        const found = await standing.revisions(streams);
        expect(new Set(found.values())).toEqual(new Set([9]));
      });

      test('what the position covers can be forgotten, and nothing else', async () => {
        await accept(step('a', 0, 11n), step('b', 4, 12n), step('c', 1, 13n));
        await store.record('projector', { processed: [], settled: 12n });
        await store.prune('projector');
        expect(await revisions('a', 'b', 'c')).toEqual({ c: 1 });
      });

      test('after a position the same consumer goes on by revision, and the other way round', async () => {
        await advance(10n);
        await accept(step('a', 0, 11n));
        const { position, reached } = await store.standing('projector');
        expect([position, reached]).toEqual([10n, 11n]);
        await store.advance('projector', 20n, async (sql, standing) => {
          expect(standing.reached).toBe(11n);
          expect(Object.fromEntries(await standing.revisions(['a', 'b']))).toEqual({ a: 0 });
          await sql.query(MARK, [20]);
        });
        expect(await marks()).toEqual([10, 11, 20]);
      });

      test('streams of any name are told apart', async () => {
        const names = ['a,b', '{a}', '"a"', 'null', 'NULL', "a'b", 'a\\b', 'ä €', ' a '];
        await accept(...names.map((name, n) => step(name, n, BigInt(n + 1))));
        const expected = Object.fromEntries(names.map((name, n) => [name, n]));
        expect(await revisions(...names, 'a')).toEqual(expected);
      });
    });
  });
}
