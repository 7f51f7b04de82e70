import { tokensPurchased } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { journalProjector } from '../ledger/journal-projector.js';
import { migrations } from '../migrations/index.js';
import { StorePositions } from './store-positions.js';

let database: ProjectionDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  dataSource = await createDataSource({ url: database.url });
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

test('the position before a time is that of the last entry known a minute before it', async () => {
  const positions = new StorePositions(dataSource);
  expect(await positions.before(new Date())).toBe(0n);
  const log = new RecordedLog();
  for (let n = 0; n < 40; n += 1) {
    const opened = { type: 'AccountOpened', data: { tenantId: `ten_${n}` } } as const;
    log.record(`ten_${n}`, opened, tokensPurchased(`lot_${n}`, 5n));
    log.clock.advance(60_000);
  }
  await database.project(journalProjector, log.events);

  for (const { recordedAt } of log.events) {
    const expected = log.events.findLast(
      (event) => event.recordedAt.getTime() < recordedAt.getTime() - 60_000,
    );
    expect(await positions.before(recordedAt)).toBe(expected?.position ?? 0n);
  }
  expect(await positions.before(new Date('2020-01-01'))).toBe(0n);
});
