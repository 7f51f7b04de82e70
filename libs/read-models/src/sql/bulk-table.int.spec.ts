import { createProjectionDatabase, type ProjectionDatabase } from '@imprest/testkit/projections';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LedgerEntryRow, WebhookAttemptRow } from '../entities/index.js';
import { migrations } from '../migrations/index.js';
import { BulkTable } from './bulk-table.js';
import { copyInto } from './copy-into.js';
import { ShadowTables } from './shadow-tables.js';

const attempts = new BulkTable(WebhookAttemptRow);
const entries = new BulkTable(LedgerEntryRow);

const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '')),
  fc.constantFrom('', 'null', 'NULL', '\\', '\\N', '"', "'", '{}', ',', '\t', '\r\n', '\\.', ' a '),
);
const instant = fc.date({
  min: new Date('1900-01-01'),
  max: new Date('2300-01-01'),
  noInvalidDate: true,
});
const int8 = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);

const someAttempts: fc.Arbitrary<WebhookAttemptRow[]> = fc
  .array(
    fc.record({
      messageId: text,
      attempt: fc.nat(),
      at: instant,
      outcome: fc.constantFrom('delivered' as const, 'retry' as const),
      status: fc.option(fc.nat()),
      error: fc.option(text),
      elapsedMs: fc.nat(),
      nextAttemptAt: fc.option(instant),
    }),
  )
  .map((rows) => rows.map((row, index) => ({ ...row, attempt: index })));

const someEntries: fc.Arbitrary<LedgerEntryRow[]> = fc
  .array(
    fc.record({
      tenantId: text,
      eventId: fc.uuid(),
      leaf: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
      accounts: fc.array(text),
      generationId: fc.option(text),
      happenedAt: instant,
      knownAt: instant,
      available: int8,
      held: fc.bigInt(0n, 2n ** 62n),
    }),
  )
  .map((rows) =>
    rows.map((row, index) => ({
      ...row,
      position: BigInt(index),
      revision: index,
      type: 'TokensHeld',
      lots: row.accounts,
      tokens: row.accounts.map(() => 0n),
      minorUnits: row.accounts.map(() => 0n),
      currencies: row.accounts.map(() => 'EUR'),
    })),
  );

describe('rows in bulk', () => {
  let database: ProjectionDatabase;
  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
  });
  afterAll(() => database.drop());
  beforeEach(() => database.sql.query('truncate read_models.webhook_attempts, ledger.entries'));

  test('come back as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(someAttempts, async (rows) => {
        await database.sql.query('truncate read_models.webhook_attempts');
        await attempts.upsert(database.sql, rows);
        await attempts.upsert(database.sql, rows);
        const found = await attempts.load(database.sql, rows);
        expect(found.sort((a, b) => a.attempt - b.attempt)).toEqual(rows);
        await attempts.delete(database.sql, rows);
        expect(await attempts.load(database.sql, rows)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('come back as they were copied, arrays among them', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await fc.assert(
      fc.asyncProperty(someEntries, async (rows) => {
        await database.sql.query('truncate ledger.entries');
        await entries.insert(database.sql, rows);
        const keys = rows.map(({ position }) => ({ position }));
        const byPosition = (a: LedgerEntryRow, b: LedgerEntryRow) =>
          Number(a.position - b.position);
        expect((await entries.load(database.sql, keys)).sort(byPosition)).toEqual(rows);

        const shadow = new ShadowTables(client, 'copied', [entries.name]);
        await shadow.create();
        await copyInto(client, new BulkTable(LedgerEntryRow, 'copied'), [rows]);
        await shadow.addAllIndexes();
        await shadow.exchange();
        expect((await entries.load(database.sql, keys)).sort(byPosition)).toEqual(rows);
        expect((await entries.loadAll(database.sql)).sort(byPosition)).toEqual(rows);
      }),
      { numRuns: 20 },
    );
    await client.end();
  });

  test('a class that is no entity is refused', () => {
    class Stranger {}
    expect(() => new BulkTable(Stranger)).toThrow(/Stranger is not declared as an entity/);
  });
});
