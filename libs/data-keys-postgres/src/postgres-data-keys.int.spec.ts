import { randomBytes } from 'node:crypto';
import { dataKeysConformance } from '@imprest/testkit/conformance';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrations } from './migrations.js';
import { MasterKeyMismatch, PostgresDataKeys } from './postgres-data-keys.js';

const masterKey = randomBytes(32);

dataKeysConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  return {
    connect: () =>
      PostgresDataKeys.connect({ connectionString: database.url, masterKey, cacheLifeMs: 300 }),
    dispose: () => database.drop(),
  };
});

describe('PostgresDataKeys', () => {
  let database: TestDatabase;
  let pool: Pool;
  let keys: PostgresDataKeys;
  const rows = async () => {
    const result = await pool.query<{ id: string }>('select id from data_keys.keys order by id');
    return result.rows.map((row) => row.id);
  };

  beforeEach(async () => {
    database = await createTestDatabase({ migrations });
    pool = new Pool({ connectionString: database.url });
    pool.on('error', () => {});
    keys = await PostgresDataKeys.connect({ pool, masterKey });
  });
  afterEach(async () => {
    await keys.close();
    await pool.end();
    await database.drop();
  });

  test('take answers at once, with no query', () => {
    const query = vi.spyOn(pool, 'query');
    const key = keys.take();
    expect(key).not.toBeInstanceOf(Promise);
    expect(query.mock.calls.filter(([sql]) => !String(sql).includes('insert'))).toEqual([]);
  });

  test('the table holds no secret, and destroying removes the row', async () => {
    const key = await keys.take();
    const { rows: found } = await pool.query<{ salt: Buffer }>(
      'select salt from data_keys.keys where id = $1',
      [key.id],
    );
    expect(found[0]!.salt).toHaveLength(32);
    expect(found[0]!.salt.equals(key.secret)).toBe(false);
    await keys.destroy([key.id]);
    expect(await rows()).not.toContain(key.id);
  });

  test('closing leaves the rows of taken keys and no other', async () => {
    const taken = [await keys.take(), await keys.take()].map((key) => key.id);
    await keys.close();
    expect((await rows()).sort()).toEqual(taken.sort());
  });

  test('another master key is refused', async () => {
    const other = PostgresDataKeys.connect({
      connectionString: database.url,
      masterKey: randomBytes(32),
    });
    await expect(other).rejects.toThrow(MasterKeyMismatch);
  });

  test('a key destroyed elsewhere may not be kept for longer than 5 s', async () => {
    const patient = PostgresDataKeys.connect({ pool, masterKey, cacheLifeMs: 5_001 });
    await expect(patient).rejects.toThrow(RangeError);
  });

  test('processes that start at the same time on a new database agree on the master key', async () => {
    const fresh = await createTestDatabase({ migrations });
    const all = await Promise.all(
      Array.from({ length: 4 }, () =>
        PostgresDataKeys.connect({ connectionString: fresh.url, masterKey }),
      ),
    );
    await Promise.all(all.map((each) => each.close()));
    await fresh.drop();
  });

  test('given the database is lost, keys in stock last, then take says what is wrong', async () => {
    await pool.query('alter table data_keys.keys rename to elsewhere');
    const takeAll = async () => {
      for (let i = 0; i < 5_000; i += 1) await keys.take();
    };
    await expect(takeAll()).rejects.toThrow(
      expect.objectContaining({
        name: 'DataKeysUnavailable',
        message: 'the pool of data keys cannot be refilled',
      }),
    );
    await expect(keys.open(['999999'])).rejects.toThrow(
      expect.objectContaining({ name: 'DataKeysUnavailable' }),
    );
    await pool.query('alter table data_keys.elsewhere rename to keys');
    expect((await keys.take()).secret).toHaveLength(32);
  });

  test('given no database, connect says so', async () => {
    const connectionString = 'postgres://nobody@127.0.0.1:1/none';
    await expect(PostgresDataKeys.connect({ connectionString, masterKey })).rejects.toThrow(
      expect.objectContaining({ name: 'DataKeysUnavailable' }),
    );
  });

  test('a key once opened is answered without a query, until it is destroyed', async () => {
    const key = await keys.take();
    const query = vi.spyOn(pool, 'query');
    await keys.open([key.id]);
    expect(query).not.toHaveBeenCalled();
    await keys.destroy([key.id]);
    expect((await keys.open([key.id])).size).toBe(0);
  });

  test('a key destroyed while it is being looked up is not served from memory afterwards', async () => {
    const key = await keys.take();
    const other = await PostgresDataKeys.connect({ pool, masterKey });
    await Promise.all([other.open([key.id]), other.destroy([key.id])]);
    expect((await other.open([key.id])).size).toBe(0);
    await other.close();
  });

  test.each([
    '9223372036854775808',
    '-1',
    '1.5',
    '01',
    '1; drop schema data_keys',
    'x'.repeat(1e6),
  ])('an id that is none of ours is a missing key: %s', async (id) => {
    expect((await keys.open([id])).size).toBe(0);
    await keys.destroy([id]);
  });
});
