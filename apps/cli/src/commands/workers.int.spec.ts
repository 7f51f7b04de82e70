import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations } from '@imprest/platform';
import { runMigrations } from '@imprest/read-models';
import { aWorker } from '@imprest/testkit';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { PostgresWorkerRegistry } from '@imprest/worker-registry-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { workersCommand } from './workers.js';

let database: TestDatabase;
let store: PostgresEventStore;
let registry: PostgresWorkerRegistry;
let cli: CliTrial;

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  store = await PostgresEventStore.connect({ connectionString: database.url });
  registry = new PostgresWorkerRegistry({ connectionString: database.url });
  cli = new CliTrial((terminal) => [workersCommand(terminal)], { DATABASE_URL: database.url });
});
afterAll(async () => {
  await registry.close();
  await store.close();
  await database.drop();
});

test('workers are listed, cordoned, drained and let work again, with a reason and on record', async () => {
  expect(await cli.run('workers', 'list')).toMatchObject({
    code: 1,
    out: 'No worker has registered.\n',
  });
  const residency = [{ provider: 'painter', model: 'painter-v1', at: 'loaded' } as const];
  await registry.register(aWorker({ residency }), 'active');
  const listed = await cli.run('workers', 'list');
  expect(listed.code).toBe(0);
  expect(listed.out).toMatch(/gpu-1 +active +0\/2 +painter +painter-v1 +zone=a/);

  const why = ['--reason', 'new driver'];
  expect(await cli.run('workers', 'cordon', 'gpu-1', ...why)).toMatchObject({ code: 0 });
  const drained = await cli.run('workers', 'drain', 'gpu-1', ...why, '--json');
  expect(JSON.parse(drained.out)).toMatchObject({ id: 'gpu-1', state: 'draining' });
  expect((await cli.run('workers', 'list')).code).toBe(1);
  expect(await cli.run('workers', 'uncordon', 'gpu-1', ...why)).toMatchObject({ code: 0 });

  const facts: unknown[] = [];
  for await (const page of store.readStream('worker-gpu-1')) {
    facts.push(...page.map(({ type, data, metadata }) => [type, data.reason, metadata.actor.id]));
  }
  expect(facts).toEqual([
    ['WorkerCordoned', 'new driver', expect.stringMatching(/^terminal:/)],
    ['WorkerDrainBegun', 'new driver', expect.stringMatching(/^terminal:/)],
    ['WorkerUncordoned', 'new driver', expect.stringMatching(/^terminal:/)],
  ]);
});

test('a decision needs a worker that is known, and a reason', async () => {
  const unknown = await cli.run('workers', 'drain', 'gpu-9', '--reason', 'new driver');
  expect(unknown).toMatchObject({ code: 1 });
  expect(unknown.err).toContain('no worker gpu-9 is registered');
  expect((await cli.run('workers', 'drain', 'gpu-1', '--reason', ' ')).code).toBe(2);
});
