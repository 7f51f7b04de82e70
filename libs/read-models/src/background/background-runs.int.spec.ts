import { createProjectionDatabase, type ProjectionDatabase } from '@imprest/testkit/projections';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import { BackgroundRuns, RunUnderWay } from './background-runs.js';
import { RunTable } from './run-table.js';

const order = { kind: 'audit', subject: 'books', actorId: 'admin', reason: 'to be sure' };

describe('work in the background', () => {
  let database: ProjectionDatabase;
  let dataSource: DataSource;
  let table: RunTable;
  let here: BackgroundRuns;
  let there: BackgroundRuns;
  let ids = 0;

  const process = () =>
    new BackgroundRuns(
      table,
      () => {
        ids += 1;
        return `run_${ids}`;
      },
      (error) => {
        throw error;
      },
    );
  const untilStopped = ({ signal }: { readonly signal: AbortSignal }) =>
    new Promise<object>((resolve) => {
      signal.addEventListener('abort', () => resolve({ finished: false }), { once: true });
    });

  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
    dataSource = await createDataSource({ url: database.url });
    table = new RunTable(dataSource);
  });
  beforeEach(async () => {
    await database.sql.query('truncate read_models.background_runs');
    [here, there] = [process(), process()];
  });
  afterEach(() => Promise.all([here.close(), there.close()]));
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  test('leaves its progress and its result for everybody to read', async () => {
    const { id, state } = await here.start(order, async ({ tell }) => {
      tell({ position: 7n });
      return { findings: 0 };
    });
    expect(state).toBe('running');
    await here.settled(id, 5_000);

    expect(await table.find(id)).toMatchObject({
      ...{ ...order, state: 'finished', progress: { position: '7' }, result: { findings: 0 } },
      error: null,
    });
    expect((await table.latest('audit', 'books')).map((run) => run.id)).toEqual([id]);
  });

  test('runs once at a time, whichever process began it', async () => {
    await here.start(order, untilStopped);

    await expect(there.start(order, untilStopped)).rejects.toThrow(RunUnderWay);
    await there.start({ ...order, subject: 'other books' }, untilStopped);
    await table.askToStop('audit', 'books');
    const { id } = (await table.latest('audit', 'books'))[0]!;
    await here.settled(id, 5_000);
    expect(await table.find(id)).toMatchObject({ state: 'stopped', result: null });
    await there.start(order, async () => undefined);
  });

  test('is finished when it came to its end although it was to stop', async () => {
    const { id } = await here.start(order, async ({ signal }) => {
      await untilStopped({ signal });
      return { finished: true, replaced: 3 };
    });
    await here.close();
    expect(await table.find(id)).toMatchObject({ state: 'finished', result: { replaced: 3 } });
  });

  test('tells why it failed', async () => {
    const { id } = await here.start(order, () => Promise.reject(new RangeError('no such month')));
    await here.settled(id, 5_000);
    expect(await table.find(id)).toMatchObject({
      state: 'failed',
      error: 'RangeError: no such month',
    });
  });

  test('of a process that died counts as stopped and can be started again', async () => {
    await table.begin('run_of_the_dead', order);
    await database.sql.query(
      "update read_models.background_runs set changed_at = now() - interval '31 seconds'",
    );
    expect(await table.find('run_of_the_dead')).toMatchObject({ state: 'stopped' });
    const { id } = await here.start(order, async () => undefined);
    await here.settled(id, 5_000);
    const first = await table.list('audit', { limit: 1 });
    expect(first.items.map((run) => run.id)).toEqual([id]);
    const rest = await table.list('audit', { limit: 1, cursor: first.nextCursor! });
    expect(rest.items).toMatchObject([{ id: 'run_of_the_dead', state: 'stopped' }]);
  });
});
