import { NO_STREAM } from '@imprest/application';
import type { DomainEvent } from '@imprest/domain';
import { streamCategory } from '@imprest/event-catalogue';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations } from '@imprest/platform';
import {
  deadLettersProjector,
  generationsProjector,
  PostgresCheckpointStore,
  runMigrations,
} from '@imprest/read-models';
import { exampleEvent, generationRequest } from '@imprest/testkit/domain';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { RecordedLog } from '@imprest/testkit/projections';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { deadLettersCommand } from './dead-letters.js';
import { whyCommand } from './why.js';

const failed = 'req_00000000000000000000000001';
const waiting = 'req_00000000000000000000000002';
const requested: DomainEvent = {
  type: 'GenerationRequested',
  data: generationRequest({ tenantId: 'ten_1' }),
};

let database: TestDatabase;
let cli: CliTrial;

async function remember(log: RecordedLog): Promise<void> {
  const store = await PostgresEventStore.connect({ connectionString: database.url });
  const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
  for (const stream of new Set(log.events.map((event) => event.stream))) {
    const events = log.events.filter((event) => event.stream === stream);
    await store.append([{ stream, expectedRevision: NO_STREAM, events }]);
  }
  for (const projector of [generationsProjector, deadLettersProjector]) {
    const own = log.events.filter(({ stream }) =>
      projector.categories.includes(streamCategory(stream)),
    );
    await checkpoints.advance(projector.name, 1n, (sql) => projector.project(own, sql));
  }
  await checkpoints.close();
  await store.close();
}

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  const log = new RecordedLog();
  for (const id of [failed, waiting]) log.record(id, requested, exampleEvent('JobQueued'));
  log.record(failed, exampleEvent('JobDeadLettered'));
  await remember(log);
  cli = new CliTrial((terminal) => [deadLettersCommand(terminal), whyCommand(terminal)], {
    DATABASE_URL: database.url,
  });
});
afterAll(() => database.drop());

test('what has failed for good is listed, and named by the exit code', async () => {
  const listed = await cli.run('dead-letters', 'list', '--tenant', 'ten_1', '--json');
  expect(listed.code).toBe(1);
  expect(listed.json()).toMatchObject([{ id: failed, tenantId: 'ten_1', redrivenAs: null }]);
  const none = await cli.run('dead-letters', 'list', '--tenant', 'ten_2');
  expect(none).toMatchObject({ code: 0, out: 'No dead letters.\n' });
});

test('what cannot be done once more is refused one by one, with the reason', async () => {
  const args = ['--tenant', 'ten_1', '--reason', 'the GPU was replaced'];
  const redriven = await cli.run('dead-letters', 'redrive', ...args);
  expect(redriven.code).toBe(1);
  expect(redriven.err).toContain(`imprest: ${failed}: `);
});

test('a redrive needs a reason, and either ids or a selection', async () => {
  const blank = await cli.run('dead-letters', 'redrive', failed, '--reason', ' ');
  expect(blank.code).toBe(2);
  const both = ['--model', 'xSD4.5', '--reason', 'mended'];
  expect((await cli.run('dead-letters', 'redrive', failed, ...both)).code).toBe(2);
  expect((await cli.run('dead-letters', 'redrive', '--reason', 'mended')).code).toBe(2);
});

test('why a job waits is said in words, and of no job that it is unknown', async () => {
  const told = await cli.run('why', waiting);
  expect(told.code).toBe(0);
  expect(told.out).toMatch(new RegExp(`^${waiting} of model \\S+ is queued, attempts: 0\n- \\S`));
  const unknown = await cli.run('why', 'req_00000000000000000000000009');
  expect(unknown).toMatchObject({ code: 1, out: '' });
});
