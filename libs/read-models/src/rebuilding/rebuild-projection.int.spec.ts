import { exampleEvent } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PostgresCheckpointStore } from '../consuming/postgres-checkpoint-store.js';
import { migrations } from '../migrations/index.js';
import {
  assetsProjector,
  endUsersProjector,
  generationsProjector,
  reconciliationProjector,
  tenancyProjector,
  webhookMessagesProjector,
} from '../projections/index.js';
import { rebuildProjection } from './index.js';

let database: ProjectionDatabase;
beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
});
afterAll(() => database.drop());

function someHistory(): RecordedLog {
  const log = new RecordedLog();
  const { data } = exampleEvent('EndUserRegistered');
  log.record('ten_1', exampleEvent('TenantCreated'));
  log.record('key_1', exampleEvent('ApiKeyIssued'), exampleEvent('ApiKeyRotated'));
  log.record('usr_1', { type: 'EndUserRegistered', data });
  for (const id of ['g1', 'g2', 'g3']) {
    log.record(id, exampleEvent('GenerationRequested'), exampleEvent('GenerationStarted'));
    log.record('ten_1', exampleEvent('TokensHeld'));
  }
  log.record('g1', exampleEvent('ImageStored'), exampleEvent('GenerationSucceeded'));
  log.record('g2', exampleEvent('GenerationFailed'), exampleEvent('GenerationErased'));
  log.record('msg_1', exampleEvent('WebhookMessageCreated'), exampleEvent('WebhookAttempted'));
  return log;
}

test.each([
  assetsProjector,
  endUsersProjector,
  generationsProjector,
  reconciliationProjector,
  tenancyProjector,
  webhookMessagesProjector,
])('$name: what is damaged becomes again what was projected live', async (projector) => {
  const eventStore = someHistory();
  const wanted = eventStore.events.filter(({ stream }) =>
    projector.categories.includes(stream.slice(0, stream.indexOf('-'))),
  );
  const contents = async () => {
    const found: unknown[] = [];
    for (const table of projector.tables) {
      found.push(await database.sql.query(`select * from ${table} as r order by r::text`));
    }
    return found;
  };
  await database.project(projector, wanted, 2);
  const live = await contents();
  expect(live.flat().length).toBeGreaterThan(0);
  for (const table of projector.tables) await database.sql.query(`delete from ${table}`);

  const connectionString = database.url;
  expect(await rebuildProjection(projector, { eventStore, connectionString })).toBe(wanted.length);
  expect(await contents()).toEqual(live);

  const checkpoints = new PostgresCheckpointStore({ connectionString });
  expect(await checkpoints.load(projector.name)).toBe(await eventStore.head());
  await checkpoints.close();
});
