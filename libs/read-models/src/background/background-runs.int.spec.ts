import { OperatorRunRecord } from '@imprest/application';
import { byTest, type DecidingProcess, decidingProcess } from '@imprest/testkit';
import { createProjectionDatabase, type ProjectionDatabase } from '@imprest/testkit/projections';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import { BackgroundRuns, RunUnderWay, type Work } from './background-runs.js';
import { RunEnds } from './run-ends.js';
import { RunTable } from './run-table.js';
import { RunUpkeep } from './run-upkeep.js';

const order = { work: 'audit', subject: 'books', reason: 'to be sure' };
const actor = { kind: 'operator', id: 'admin' } as const;
const byAdmin = { ...byTest, correlationId: 'req_1', actor };
const row = { kind: 'audit', subject: 'books', reason: 'to be sure', actorId: 'admin' };

describe('work in the background', () => {
  let database: ProjectionDatabase;
  let dataSource: DataSource;
  let table: RunTable;
  let ends: RunEnds;
  let store: DecidingProcess;
  let here: BackgroundRuns;
  let there: BackgroundRuns;
  let ids = 0;

  const process = () =>
    new BackgroundRuns({
      ...{ table, ends, record: new OperatorRunRecord(store.runner) },
      newId: () => {
        ids += 1;
        return `run_${ids}`;
      },
      failed: (error) => {
        throw error;
      },
    });
  const doing = <Result>(run: Work<Result>['run']): Work<Result> => ({
    run,
    resultOf: (result) => JSON.stringify(result) ?? null,
  });
  const said = async (id: string) => {
    const facts: unknown[] = [];
    for await (const page of store.store.readStream(`operatorRun-${id}`)) {
      facts.push(...page.map(({ type, data, metadata }) => [type, data, metadata.actor.id]));
    }
    return facts;
  };
  const untilStopped = ({ signal }: { readonly signal: AbortSignal }) =>
    new Promise<object>((resolve) => {
      signal.addEventListener('abort', () => resolve({ finished: false }), { once: true });
    });

  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
    dataSource = await createDataSource({ url: database.url });
    table = new RunTable(dataSource);
    ends = new RunEnds(dataSource);
    store = decidingProcess();
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
    const { id, state } = await here.start(
      order,
      byAdmin,
      doing(async ({ tell }) => {
        tell({ position: 7n });
        return { findings: 0 };
      }),
    );
    expect(state).toBe('running');
    await here.settled(id, 5_000);

    expect(await table.find(id)).toMatchObject({
      ...{ ...row, state: 'finished', progress: { position: '7' }, result: { findings: 0 } },
      error: null,
    });
    expect((await table.latest('audit', 'books')).map((run) => run.id)).toEqual([id]);
  });

  test('runs once at a time, whichever process began it', async () => {
    await here.start(order, byAdmin, doing(untilStopped));

    await expect(there.start(order, byAdmin, doing(untilStopped))).rejects.toThrow(RunUnderWay);
    await there.start({ ...order, subject: 'other books' }, byAdmin, doing(untilStopped));
    await table.askToStop('audit', 'books');
    const { id } = (await table.latest('audit', 'books'))[0]!;
    await here.settled(id, 5_000);
    expect(await table.find(id)).toMatchObject({ state: 'stopped', result: null });
    await there.start(
      order,
      byAdmin,
      doing(async () => undefined),
    );
  });

  test('is finished when it came to its end although it was to stop', async () => {
    const { id } = await here.start(
      order,
      byAdmin,
      doing(async ({ signal }) => {
        await untilStopped({ signal });
        return { finished: true, replaced: 3 };
      }),
    );
    await here.close();
    expect(await table.find(id)).toMatchObject({ state: 'finished', result: { replaced: 3 } });
  });

  test('tells why it failed', async () => {
    const failing = doing(() => Promise.reject(new RangeError('no such month')));
    const { id } = await here.start(order, byAdmin, failing);
    await here.settled(id, 5_000);
    expect(await table.find(id)).toMatchObject({
      state: 'failed',
      error: 'RangeError: no such month',
    });
    const { work, subject } = order;
    const how = { outcome: 'failed', result: null, failure: 'RangeError' };
    expect((await said(id)).at(-1)).toEqual([
      'OperatorRunEnded',
      { work, subject, ...how },
      'admin',
    ]);
  });

  test('is on record with who and why before it begins, and with what came of it', async () => {
    let before: readonly unknown[] = [];
    const next = `run_${ids + 1}`;
    const { id } = await here.start(
      order,
      byAdmin,
      doing(async () => {
        before = await said(next);
        return { findings: 2 };
      }),
    );
    await here.settled(id, 5_000);

    const begun = ['OperatorRunBegun', order, 'admin'];
    const { work, subject } = order;
    const how = { outcome: 'finished', result: '{"findings":2}', failure: null };
    expect(before).toEqual([begun]);
    expect(await said(id)).toEqual([
      begun,
      ['OperatorRunEnded', { work, subject, ...how }, 'admin'],
    ]);
    expect(await ends.unrecorded()).toEqual([]);
  });

  test('does not begin when that cannot be put on record', async () => {
    const record = { begin: () => Promise.reject(new Error('no store')) } as never;
    const services = { table, ends, record, newId: () => 'run_unsaid', failed: () => undefined };
    let done = false;
    const work = doing(async () => {
      done = true;
    });
    const start = new BackgroundRuns(services).start(order, byAdmin, work);
    await expect(start).rejects.toThrow('no store');
    expect(done).toBe(false);
    expect(await table.find('run_unsaid')).toMatchObject({ state: 'failed' });
  });

  test('of a process that died counts as stopped and can be started again', async () => {
    await table.begin('run_of_the_dead', { ...row, correlationId: 'req_1' });
    await database.sql.query(
      "update read_models.background_runs set changed_at = now() - interval '31 seconds'",
    );
    expect(await table.find('run_of_the_dead')).toMatchObject({ state: 'stopped' });
    const { id } = await here.start(
      order,
      byAdmin,
      doing(async () => undefined),
    );
    await here.settled(id, 5_000);
    const first = await table.list('audit', { limit: 1 });
    expect(first.items.map((run) => run.id)).toEqual([id]);
    const rest = await table.list('audit', { limit: 1, cursor: first.nextCursor! });
    expect(rest.items).toMatchObject([{ id: 'run_of_the_dead', state: 'stopped' }]);
  });

  test('has its end put on record by another process when its own died, once', async () => {
    const record = new OperatorRunRecord(store.runner);
    await table.begin('run_cut', { ...row, correlationId: 'req_1' });
    await record.begin('run_cut', order, byAdmin);
    await table.begin('run_unbegun', { ...row, subject: 'others', correlationId: null });
    const upkeep = new RunUpkeep(ends, record);
    await upkeep.sweep(new Date());
    expect(await said('run_cut')).toHaveLength(1);
    await database.sql.query(
      "update read_models.background_runs set changed_at = now() - interval '31 seconds'",
    );

    await Promise.all([upkeep.sweep(new Date()), upkeep.sweep(new Date())]);

    const end = {
      work: 'audit',
      subject: 'books',
      outcome: 'stopped',
      result: null,
      failure: null,
    };
    expect((await said('run_cut')).slice(1)).toEqual([
      ['OperatorRunEnded', end, 'background-runs'],
    ]);
    expect(await said('run_unbegun')).toEqual([]);
    expect(await ends.unrecorded()).toEqual([]);
  });

  test('is forgotten ninety days after its end, and not before that is on record', async () => {
    await here
      .start(
        order,
        byAdmin,
        doing(async () => undefined),
      )
      .then(({ id }) => here.settled(id, 5_000));
    await table.begin('run_now', { ...row, correlationId: 'req_1' });
    await table.end('run_now', { state: 'finished' });
    const days = (count: number) => new Date(Date.now() + count * 86_400_000);
    const upkeep = new RunUpkeep(ends, new OperatorRunRecord(store.runner));
    await upkeep.sweep(days(89));
    expect((await table.list('audit', { limit: 9 })).items).toHaveLength(2);
    await upkeep.sweep(days(91));
    expect((await table.list('audit', { limit: 9 })).items.map(({ id }) => id)).toEqual([
      'run_now',
    ]);
  });

  test.each(['startedAt', '-startedAt'] as const)(
    'is listed once by sort=%s, a page at a time',
    async (sort) => {
      const begun = ['one', 'two', 'three', 'four'];
      for (const id of begun) {
        await table.begin(id, { ...row, subject: id, correlationId: null });
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await table.list('audit', {
          ...{ sort, limit: 1 },
          ...(cursor !== undefined && { cursor }),
        });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined && seen.length <= begun.length);

      expect(seen.toSorted()).toEqual(begun.toSorted());
    },
  );
});
