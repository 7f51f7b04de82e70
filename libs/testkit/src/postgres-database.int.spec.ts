import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from './postgres-database.js';

test('given migrations, a test database starts with their tables and is gone after drop', async () => {
  const database = await createTestDatabase({
    migrations: [
      { up: 'create schema stock; create table stock.item (id int primary key)' },
      { up: 'insert into stock.item values (7)' },
    ],
  });
  const client = new Client({ connectionString: database.url });
  // drop() cuts this connection, which node-postgres reports as an error event.
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query('select id from stock.item');
  expect(rows).toEqual([{ id: 7 }]);

  await database.drop();
  await database.drop();

  const late = new Client({ connectionString: database.url });
  await expect(late.connect()).rejects.toThrow(/does not exist/);
});

test('two test databases do not see each other', async () => {
  const migrations = [{ up: 'create table mark (id int)' }];
  const [a, b] = await Promise.all([
    createTestDatabase({ migrations }),
    createTestDatabase({ migrations }),
  ]);
  expect(a.url).not.toBe(b.url);
  await Promise.all([a.drop(), b.drop()]);
});

test('a failing migration names the fault of the SQL', async () => {
  await expect(createTestDatabase({ migrations: [{ up: 'create tabel x ()' }] })).rejects.toThrow(
    /syntax error/,
  );
});
