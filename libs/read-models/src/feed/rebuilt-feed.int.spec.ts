import type { DomainEvent } from '@imprest/domain';
import { exampleEvent, generationRequest } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PostgresCheckpointStore } from '../consuming/postgres-checkpoint-store.js';
import { createDataSource } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import { ProjectionRebuild } from '../rebuilding/index.js';
import { EventFeed, eventFeedProjector as projector } from './index.js';

const tenantId = 'ten';
const asked: DomainEvent = { type: 'GenerationRequested', data: generationRequest({ tenantId }) };
const succeeded = exampleEvent('GenerationSucceeded');

let database: ProjectionDatabase;
let checkpoints: PostgresCheckpointStore;
let feed: EventFeed;
let log: RecordedLog;
let rebuild: ProjectionRebuild;
let close: () => Promise<unknown>;

beforeEach(async () => {
  database = await createProjectionDatabase(migrations);
  checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
  const source = await createDataSource({ url: database.url });
  feed = new EventFeed(source);
  log = new RecordedLog();
  rebuild = new ProjectionRebuild({ projector, eventStore: log, connectionString: database.url });
  close = () => Promise.all([source.destroy(), checkpoints.close()]);
});
afterEach(async () => {
  await close();
  await database.drop();
});

const happens = (...ids: string[]) => {
  for (const id of ids) log.record(id, asked, succeeded);
};
/** What the live projector does with everything up to the head. */
async function advance(): Promise<void> {
  const after = await checkpoints.load(projector.name);
  const events = log.events.filter(({ position }) => position > after);
  const head = await log.head();
  await checkpoints.advance(projector.name, head, (sql) => projector.project(events, sql));
}
const page = (after?: string) =>
  feed.page({ tenantId, limit: 100, ...(after !== undefined && { after }) });
const idsOf = async (after?: string) => (await page(after)).entries.map((each) => each.subjectId);

test('has the same numbers: every cursor that was given out stands where it stood', async () => {
  happens('gen_1', 'gen_2', 'gen_3');
  await advance();
  const before = await page();
  await rebuild.build();
  await rebuild.switchOver();
  expect(await page()).toEqual(before);
  happens('gen_4');
  await advance();
  expect(await idsOf(before.entries[1]?.cursor)).toEqual(['gen_3', 'gen_4']);
  await rebuild.rollBack();
  expect(await idsOf(before.cursor)).toEqual(['gen_4']);
});

test('tells what was lost behind everything that was told, so that no reader misses it', async () => {
  happens('gen_1', 'gen_2', 'gen_3');
  await advance();
  const { cursor } = await page();
  await database.sql.query(`delete from read_models.tenant_events where subject_id = 'gen_2'`);
  await rebuild.build();
  happens('gen_4');
  await advance();
  const further = (await page(cursor)).cursor;
  await rebuild.switchOver();
  expect(await idsOf()).toEqual(['gen_1', 'gen_3', 'gen_4', 'gen_2']);
  expect(await idsOf(further)).toEqual(['gen_2']);
});

test('numbers what it knew first as the live feed told it later', async () => {
  happens('gen_1');
  await advance();
  happens('gen_2');
  await rebuild.build();
  log.record('gen_3', asked);
  log.record('gen_3', succeeded);
  await advance();
  const told = await page();
  await rebuild.switchOver();
  expect(await page()).toEqual(told);
});

test('made from nothing, tells everything again to readers who know it, and nothing twice', async () => {
  happens('gen_1', 'gen_2');
  await advance();
  const { cursor } = await page();
  await database.sql.query('truncate read_models.tenant_events');
  await rebuild.build();
  await rebuild.switchOver();
  expect(await idsOf(cursor)).toEqual(['gen_1', 'gen_2']);
});

test('does not tell again what was swept', async () => {
  happens('gen_1');
  await advance();
  log.clock.advance(60_000);
  const swept = log.clock.now();
  log.clock.advance(60_000);
  happens('gen_2');
  await advance();
  await rebuild.build();
  expect(await feed.sweep(swept, 10)).toBe(1);
  await rebuild.switchOver();
  expect(await idsOf()).toEqual(['gen_2']);
});
