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
import { CharacterQueries } from '../queries/character-queries.js';
import { charactersProjector } from './index.js';

let database: ProjectionDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  dataSource = await createDataSource({ url: database.url });
});
afterAll(async () => {
  await dataSource?.destroy();
  await database.drop();
});

test('characters are listed newest first, page by page, without those that were deleted', async () => {
  const { data } = exampleEvent('CharacterCreated');
  const log = new RecordedLog();
  for (const id of ['chr_1', 'chr_2', 'chr_3', 'chr_4']) {
    const tenantId = id === 'chr_4' ? 'ten_2' : 'ten_1';
    log.record(id, { type: 'CharacterCreated', data: { ...data, tenantId } });
  }
  log.record('chr_1', exampleEvent('CharacterChanged'), exampleEvent('CharacterIdentityAnchored'));
  log.record('chr_2', exampleEvent('CharacterDeleted'));
  await database.project(charactersProjector, log.events, 2);
  await database.project(charactersProjector, log.events, 100);
  const queries = new CharacterQueries(dataSource);
  const first = await queries.list({ tenantId: 'ten_1', limit: 1 });
  expect(first.items.map(({ id }) => id)).toEqual(['chr_3']);
  const cursor = first.nextCursor ?? undefined;
  const second = await queries.list({ tenantId: 'ten_1', limit: 1, cursor });
  expect(second.items).toMatchObject([
    {
      id: 'chr_1',
      traitsVersion: 2,
      confidential: exampleEvent('CharacterChanged').data.confidential,
    },
  ]);
  expect(second.nextCursor).toBeNull();
  const rows = await database.sql.query<{ view: object }>(
    "select view from read_models.characters where id = 'chr_2'",
  );
  expect(rows).toMatchObject([{ view: { deleted: true, confidential: '' } }]);
});
