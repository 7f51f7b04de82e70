import { exampleEvent } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import { webhookMessagesProjector } from '../projections/index.js';
import { WebhookQueries } from '../queries/index.js';
import { WebhookAttemptLog } from './webhook-attempt-log.js';

let database: ProjectionDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  source = await createDataSource({ url: database.url });
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

test('attempts are kept by number, replaced when made again, and swept when they are old', async () => {
  const log = new WebhookAttemptLog(source);
  const attempt = (number: number, sealed: string, day: number) => ({
    ...{ messageId: 'msg_1', attempt: number, dataKeyId: 'key_1', sealed },
    at: new Date(Date.UTC(2026, 0, day)),
  });
  await log.record([]);
  await log.record([attempt(2, 'b', 2), attempt(1, 'a', 1)]);
  await log.record([attempt(2, 'c', 3)]);
  expect(await log.ofMessage('msg_1')).toEqual([attempt(1, 'a', 1), attempt(2, 'c', 3)]);
  expect(await log.ofMessage('msg_2')).toEqual([]);

  const before = new Date(Date.UTC(2026, 0, 3));
  expect([await log.sweep(before, 9), await log.sweep(before, 9)]).toEqual([1, 0]);
  expect(await log.ofMessage('msg_1')).toEqual([attempt(2, 'c', 3)]);
});

test('messages to recover are those of a selection, page by page in the order they were made', async () => {
  const log = new RecordedLog();
  const { data } = exampleEvent('WebhookMessageCreated');
  const failed = exampleEvent('WebhookAttempted');
  for (const [id, endpointId, outcome] of [
    ['m1', 'whk_a', 'exhausted'],
    ['m2', 'whk_b', 'refused'],
    ['m3', 'whk_a', 'delivered'],
    ['m4', 'whk_a', 'refused'],
    ['m5', null, 'exhausted'],
  ] as const) {
    log.record(id, { type: 'WebhookMessageCreated', data: { ...data, endpointId } });
    log.record(id, { type: 'WebhookAttempted', data: { ...failed.data, outcome } });
  }
  await database.project(webhookMessagesProjector, log.events);
  const queries = new WebhookQueries(source);
  const since = log.events[0]!.metadata.occurredAt;
  const until = new Date(log.clock.now().getTime() + 1).toISOString();
  const statuses = ['exhausted', 'refused'] as const;
  const selection = { endpointId: null, statuses, since, until };
  const pages = async (more = {}) => {
    const ids: (readonly string[])[] = [];
    let after: string | null = null;
    do {
      const page = await queries.recoverable(data.tenantId, { ...selection, ...more }, after, 2);
      ids.push(page.ids);
      after = page.next;
    } while (after !== null);
    return ids;
  };
  expect(await pages()).toEqual([['m1', 'm2'], ['m4', 'm5'], []]);
  expect(await pages({ endpointId: 'whk_a' })).toEqual([['m1', 'm4'], []]);
  expect(await pages({ since: log.events[2]!.metadata.occurredAt, statuses: ['refused'] })).toEqual(
    [['m2', 'm4'], []],
  );
  expect(await queries.recoverable('ten_other', selection, null, 9)).toEqual({
    ids: [],
    next: null,
  });
});
