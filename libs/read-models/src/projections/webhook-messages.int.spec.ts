import type { DomainEvent, WebhookAttemptOutcome } from '@imprest/domain';
import { exampleEvent, exampleIds } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { webhookMessagesProjector } from './index.js';

const created = exampleEvent('WebhookMessageCreated');
const retried = exampleEvent('WebhookAttempted');
const attempted = (attempt: number, outcome: WebhookAttemptOutcome): DomainEvent => ({
  type: 'WebhookAttempted',
  data: { attempt, outcome, status: 200, error: null, elapsedMs: 31, nextAttemptAt: null },
});

describe('webhook messages', () => {
  let database: ProjectionDatabase;
  let log: RecordedLog;
  const project = (batchSize?: number) =>
    database.project(webhookMessagesProjector, log.events, batchSize);
  const messages = () =>
    database.sql.query('select * from read_models.webhook_messages order by id');
  const attempts = () =>
    database.sql.query<Record<string, unknown>>(
      'select * from read_models.webhook_attempts order by message_id, attempt',
    );

  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    log = new RecordedLog();
    await database.sql.query(
      `truncate ${webhookMessagesProjector.tables.map(({ name }) => name).join(', ')}`,
    );
  });

  test.each([
    ['low_balance', 'account.low_balance'],
    ['endpoint', 'endpoint.disabled'],
    ['test', 'webhook.test'],
  ] as const)('about %s say so, and name no generation', async (kind, event) => {
    const { tenantId } = exampleIds;
    const about = { kind, id: '1' };
    log.record('msg_3', {
      type: 'WebhookMessageCreated',
      data: { tenantId, about, endpointId: null, event, sequence: null },
    });
    await project();
    expect(await messages()).toMatchObject([
      { id: 'msg_3', event_type: event, generation_id: null, status: 'pending' },
    ]);
  });

  test.each([1, 2, 100])('in batches of %i, attempts are kept beside their message', async (n) => {
    log.record('msg_1', created, retried);
    log.record('msg_2', created);
    log.record('msg_1', attempted(2, 'delivered'));
    await project(n);
    await project(n);
    const event_type = 'generation.ended';
    const { tenantId: tenant_id, generationId: generation_id } = exampleIds;
    const endpoint_id = created.data.endpointId;
    const ids = { tenant_id, event_type, generation_id, endpoint_id };
    expect(await messages()).toEqual([
      {
        id: 'msg_1',
        ...ids,
        status: 'delivered',
        attempts: 2,
        created_at: new Date('2026-01-15T09:00:01.000Z'),
        updated_at: new Date('2026-01-15T09:00:04.000Z'),
        revision: 2,
      },
      expect.objectContaining({ id: 'msg_2', ...ids, status: 'pending', attempts: 0 }),
    ]);
    expect(await attempts()).toEqual([
      {
        message_id: 'msg_1',
        attempt: 1,
        at: new Date('2026-01-15T09:00:02.000Z'),
        outcome: 'retry',
        status: 503,
        error: 'HTTP 503',
        elapsed_ms: 212,
        next_attempt_at: new Date('2026-01-15T09:00:35.000Z'),
      },
      expect.objectContaining({ attempt: 2, outcome: 'delivered', next_attempt_at: null }),
    ]);
  });

  test.each(['exhausted', 'refused'] as const)(
    'a message may end %s and be asked for again',
    async (outcome) => {
      log.record('msg_1', created, attempted(1, outcome));
      await project();
      expect(await messages()).toMatchObject([{ status: outcome, attempts: 1 }]);
      log.record('msg_1', exampleEvent('WebhookRedeliveryRequested'));
      await project();
      expect(await messages()).toMatchObject([{ status: 'pending', attempts: 1 }]);
      log.record('msg_1', exampleEvent('WebhookMessageWithdrawn'));
      await project();
      expect(await messages()).toMatchObject([{ status: 'withdrawn', attempts: 1 }]);
    },
  );

  test('an error text that PostgreSQL cannot hold does not stop the projection', async () => {
    const data = { ...retried.data, error: 'HTTP 500: \0 in "the body"\\' };
    log.record('msg_1', created, { type: 'WebhookAttempted', data });
    await project();
    expect(await attempts()).toMatchObject([{ error: 'HTTP 500: \uFFFD in "the body"\\' }]);
  });
});
