import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { migrations } from './index.js';
import { runMigrations } from './run-migrations.js';

const first = {
  name: 'CreateStock1700000000001',
  up: 'create schema stock; create table stock.item (id int primary key)',
};
const second = { name: 'FillStock1700000000002', up: 'insert into stock.item values (7), (8)' };
const broken = {
  name: 'BreakStock1700000000003',
  up: 'insert into stock.item values (9); insert into stock.item values (9)',
};

describe('migrations of all libs have one history', () => {
  let database: TestDatabase;
  let client: Client;
  const items = async () =>
    (await client.query<{ id: number }>('select id from stock.item order by id')).rows;

  beforeEach(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  test('each is executed once, in the order of its time', async () => {
    expect(await runMigrations(database.url, [second, first])).toHaveLength(2);
    expect(await items()).toEqual([{ id: 7 }, { id: 8 }]);
    expect(await runMigrations(database.url, [first, second])).toEqual([]);
  });

  test('one that comes with a later release is executed alone', async () => {
    await runMigrations(database.url, [first]);
    expect(await runMigrations(database.url, [first, second])).toEqual([second.name]);
  });

  test('processes that start at once execute each one once', async () => {
    const starts = Array.from({ length: 4 }, () => runMigrations(database.url, [first, second]));
    const executed = (await Promise.all(starts)).flat();
    expect(executed.sort()).toEqual([first.name, second.name]);
    expect(await items()).toHaveLength(2);
  });

  test('one that fails leaves nothing of itself, and those before it stay', async () => {
    const run = runMigrations(database.url, [first, second, broken]);
    await expect(run).rejects.toThrow(/duplicate key/);
    expect(await items()).toEqual([{ id: 7 }, { id: 8 }]);
    expect(await runMigrations(database.url, [first, second])).toEqual([]);
  });

  test('with nothing to do it takes less than 50 ms', async () => {
    await runMigrations(database.url, migrations);
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const start = performance.now();
      await runMigrations(database.url, migrations);
      times.push(performance.now() - start);
    }
    expect(Math.min(...times)).toBeLessThan(50);
  });

  test('a data source brings its database up to date, and its entities fit the tables', async () => {
    const dataSource = await createDataSource({ url: database.url, migrations });
    try {
      expect(await runMigrations(dataSource, migrations)).toEqual([]);
      expect(dataSource.entityMetadatas.length).toBeGreaterThan(10);
      for (const { target } of dataSource.entityMetadatas) {
        expect(await dataSource.getRepository(target).find()).toEqual([]);
      }
    } finally {
      await dataSource.destroy();
    }
  });
});
