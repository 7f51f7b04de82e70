import type { DomainEvent } from '@imprest/domain';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { exampleIds, generationRequest, storedImages } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { generationsProjector, StreamGap } from './index.js';

const requested: DomainEvent = { type: 'GenerationRequested', data: generationRequest() };
const started: DomainEvent = { type: 'GenerationStarted', data: { attempt: 1 } };
const stored: DomainEvent = { type: 'ImageStored', data: storedImages(1)[0]! };
const succeeded: DomainEvent = {
  type: 'GenerationSucceeded',
  data: { images: 1, charged: 10n, refunded: 0n, lots: [] },
};
const erased: DomainEvent = { type: 'GenerationErased', data: { reason: 'deleted' } };

describe('generations', () => {
  let database: ProjectionDatabase;
  let log: RecordedLog;
  const project = (events: readonly RecordedEvent[] = log.events, batchSize?: number) =>
    database.project(generationsProjector, events, batchSize);
  const rows = () =>
    database.sql.query<Record<string, unknown>>(
      'select id, status, erased, revision, finished_at, view from read_models.generations order by id',
    );

  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    log = new RecordedLog();
    await database.sql.query('truncate read_models.generations');
  });

  test('a request makes a row that can be filtered by', async () => {
    log.record('g1', requested);
    await project();
    const [row] = await database.sql.query('select * from read_models.generations');
    expect(row).toMatchObject({
      id: 'g1',
      tenant_id: exampleIds.tenantId,
      end_user_id: exampleIds.endUserId,
      api_key_id: exampleIds.apiKeyId,
      dialect: 'xmode',
      model: 'landscape-1',
      status: 'queued',
      created_at: new Date('2026-01-15T09:00:01.000Z'),
      finished_at: null,
      erased: false,
      revision: 0,
    });
  });

  test.each([1, 2, 100])('in batches of %i, the row says how it ended', async (batchSize) => {
    log.record('g1', requested, started);
    log.record('g2', requested);
    log.record('g1', stored, succeeded);
    await project(log.events, batchSize);
    expect(await rows()).toMatchObject([
      {
        id: 'g1',
        status: 'succeeded',
        revision: 3,
        finished_at: new Date('2026-01-15T09:00:05.000Z'),
        view: { charged: '10', images: [{ index: 0 }], startedAt: '2026-01-15T09:00:02.000Z' },
      },
      { id: 'g2', status: 'queued', revision: 0, finished_at: null },
    ]);
  });

  test('an erased one keeps its row and loses its confidential part', async () => {
    log.record('g1', requested, started, stored, succeeded);
    await project();
    log.record('g1', erased);
    await project(log.events.slice(-1));
    const [row] = await rows();
    expect(row).toMatchObject({ erased: true, status: 'succeeded', view: { confidential: '' } });
    const text = JSON.stringify(row);
    expect(text).not.toContain(generationRequest().confidential);
  });

  test('events that come a second time change nothing', async () => {
    log.record('g1', requested, started, stored, succeeded);
    await project();
    const before = await rows();
    await project();
    await project(log.events.slice(1, 3));
    expect(await rows()).toEqual(before);
  });

  test('a missing event stops the batch and leaves no row of it', async () => {
    log.record('g1', requested, started, succeeded);
    log.record('g2', requested);
    await project(log.events.slice(0, 1));
    await expect(project(log.events.slice(2))).rejects.toThrow(StreamGap);
    expect(await rows()).toMatchObject([{ id: 'g1', revision: 0 }]);
  });
});
