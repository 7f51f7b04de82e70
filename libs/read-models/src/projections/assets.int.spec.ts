import type { DomainEvent } from '@imprest/domain';
import { exampleEvent, exampleIds, storedImage } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { assetsProjector } from './index.js';

const requested = exampleEvent('GenerationRequested');
const succeeded = exampleEvent('GenerationSucceeded');
const stored = (assetId: string): DomainEvent => ({
  type: 'ImageStored',
  data: storedImage(0, { assetId }),
});

describe('assets', () => {
  let database: ProjectionDatabase;
  let log: RecordedLog;
  const project = (batchSize?: number) => database.project(assetsProjector, log.events, batchSize);
  const rows = () =>
    database.sql.query<Record<string, unknown>>(
      'select * from read_models.assets order by asset_id',
    );

  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    log = new RecordedLog();
    await database.sql.query(
      `truncate ${assetsProjector.tables.map(({ name }) => name).join(', ')}`,
    );
  });

  test.each([1, 2, 100])('in batches of %i, a stored image belongs to its tenant', async (n) => {
    log.record('g1', requested, exampleEvent('GenerationStarted'));
    log.record('g2', requested);
    log.record('g1', stored('img_1'), stored('img_2'), exampleEvent('ImageLost'), succeeded);
    await project(n);
    await project(n);
    expect(await rows()).toMatchObject([
      {
        asset_id: 'img_1',
        generation_id: 'g1',
        tenant_id: exampleIds.tenantId,
        data_key_id: storedImage().dataKeyId,
        media_type: 'image/png',
        bytes: '4812377',
        sha256: exampleIds.sha256,
        stored_at: new Date('2026-01-15T09:00:04.000Z'),
        erased: false,
      },
      { asset_id: 'img_2' },
    ]);
  });

  test('what is kept for running generations goes when they end', async () => {
    log.record('g1', requested, stored('img_1'), succeeded);
    log.record('g2', requested);
    await project(2);
    expect(await database.sql.query('select * from read_models.asset_generations')).toEqual([
      { generation_id: 'g2', tenant_id: exampleIds.tenantId },
    ]);
  });

  test.each([1, 100])('in batches of %i, an erased generation marks its images', async (n) => {
    log.record('g1', requested, stored('img_1'), succeeded);
    log.record('g2', requested, stored('img_2'), succeeded);
    log.record('g1', exampleEvent('GenerationErased'));
    await project(n);
    expect(await rows()).toMatchObject([
      { asset_id: 'img_1', erased: true },
      { asset_id: 'img_2', erased: false },
    ]);
  });
});
