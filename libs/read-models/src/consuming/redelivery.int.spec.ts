import { DeciderRunner, Parking, SubscriptionRunner } from '@imprest/application';
import {
  fixedClock,
  InMemoryEventLog,
  InMemoryEventStore,
  InMemorySnapshotStore,
  randomFrom,
  UnrulyMessageBus,
} from '@imprest/testkit';
import { historyOf, storeHistory } from '@imprest/testkit/arbitraries';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  type RecordedLog,
} from '@imprest/testkit/projections';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { migrations } from '../migrations/index.js';
import { projectors } from '../projectors.js';
import { PostgresCheckpointStore } from './postgres-checkpoint-store.js';
import { PostgresParkedStreams } from './postgres-parked-streams.js';

const RUNS = { numRuns: 6 };
const seeds = fc.nat({ max: 100_000 });

let database: ProjectionDatabase;
beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
});
afterAll(() => database.drop());

describe.each(projectors)('$name', (projector) => {
  const rows = async () => {
    const found: unknown[] = [];
    for (const { name } of projector.tables) {
      // The feed is numbered as it is told, in whatever order it comes.
      const row = `to_jsonb(r) - 'seq'`;
      found.push(await database.sql.query(`select ${row} as row from ${name} as r order by 1`));
    }
    return found;
  };
  const startOver = async () => {
    const tables = projector.tables.map(({ name }) => name).join(', ');
    await database.sql.query(`truncate ${tables}`);
    await database.sql.query('delete from read_models.checkpoints');
  };

  /** As a process runs it: connections of its own, a bus that brings everything in its own disorder. */
  async function consume(history: RecordedLog, seed: number): Promise<void> {
    const log = InMemoryEventLog.of(history.events);
    const store = new InMemoryEventStore(log);
    const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
    const parkedStreams = new PostgresParkedStreams({ connectionString: database.url });
    const clock = fixedClock();
    const decider = new DeciderRunner({ store, snapshots: new InMemorySnapshotStore(), clock });
    const bus = new UnrulyMessageBus(log, {
      ...{ partitions: 3, batchSize: 6, redelivery: 0.3 },
      random: randomFrom(seed),
    });
    const failures: unknown[] = [];
    const runner = new SubscriptionRunner(projector, {
      ...{ bus, store, checkpoints, parkedStreams, clock },
      parking: new Parking(decider, parkedStreams, clock),
      observer: {
        failed: (_, error) => failures.push(error),
        parked: (_, { error }) => failures.push(error),
        missed: () => {},
      },
    });
    runner.start();
    const everything = history.events.length;
    await vi.waitUntil(() => bus.delivered(projector.name) === everything, { timeout: 20_000 });
    await runner.stop();
    await Promise.all([checkpoints.close(), parkedStreams.close()]);
    expect(failures).toEqual([]);
  }

  test('has the same rows when events come twice, and partitions overtake each other', async () => {
    await fc.assert(
      fc.asyncProperty(storeHistory, seeds, async (made, seed) => {
        const history = historyOf(made);
        await startOver();
        await database.project(projector, history.events.filter(isOf(projector.categories)));
        const expected = await rows();
        await startOver();
        await consume(history, seed);
        expect(await rows()).toEqual(expected);
      }),
      RUNS,
    );
  }, 60_000);

  test('has the same rows when two processes are brought the same streams at once', async () => {
    await fc.assert(
      fc.asyncProperty(storeHistory, seeds, seeds, async (made, seed, other) => {
        const history = historyOf(made);
        await startOver();
        await database.project(projector, history.events.filter(isOf(projector.categories)));
        const expected = await rows();
        await startOver();
        await Promise.all([consume(history, seed), consume(history, other)]);
        expect(await rows()).toEqual(expected);
      }),
      { numRuns: 3 },
    );
  }, 60_000);
});

function isOf(categories: readonly string[]) {
  return ({ stream }: { stream: string }) =>
    categories.includes(stream.slice(0, stream.indexOf('-')));
}
