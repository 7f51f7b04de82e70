import {
  type ClosedMonth,
  monthsLater,
  periodBounds,
  RevenueOfMonth,
  type RevenueRow,
} from '@imprest/domain';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { tokenAccountHistory } from '@imprest/testkit/arbitraries';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { LedgerEntryRow } from '../entities/index.js';
import { journalProjector } from '../ledger/journal-projector.js';
import { journalEntryOf } from '../ledger/rows.js';
import { migrations } from '../migrations/index.js';
import { LedgerQueries, RevenueQueries } from './index.js';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-01-01T00:00:00.000Z');
const tenants = ['ten_a', 'ten_b'];

let database: ProjectionDatabase;
let dataSource: DataSource;
let revenue: RevenueQueries;
beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  dataSource = await createDataSource({ url: database.url });
  revenue = new RevenueQueries(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

/** Accounts that take turns over some months; now and then something becomes known weeks after it happened. */
const histories: fc.Arbitrary<readonly RecordedEvent[]> = fc
  .record({
    accounts: fc.tuple(...tenants.map((tenantId) => tokenAccountHistory(tenantId, 50))),
    lateness: fc.array(fc.constantFrom(0, 0, 0, 9, 40), { minLength: 1, maxLength: 20 }),
  })
  .map(({ accounts, lateness }) => {
    const log = new RecordedLog();
    const longest = Math.max(...accounts.map(({ length }) => length));
    for (let turn = 0; turn < longest; turn += 1) {
      for (const [index, events] of accounts.entries()) {
        log.record(tenants[index]!, ...events.slice(turn, turn + 1));
      }
    }
    return log.events.map((event, index) => {
      const knownMs = START_MS + index * 1.5 * DAY_MS;
      const happenedMs = Math.max(START_MS, knownMs - lateness[index % lateness.length]! * DAY_MS);
      const occurredAt = new Date(happenedMs).toISOString();
      const metadata = { ...event.metadata, occurredAt };
      return { ...event, metadata, recordedAt: new Date(knownMs) };
    });
  });

/** Months closed a while after they ended, as far as the history goes. */
const closes = fc
  .record({
    first: fc.integer({ min: 0, max: 3 }),
    count: fc.integer({ min: 0, max: 3 }),
    step: fc.integer({ min: 10, max: 40 }),
  })
  .map(({ first, count, step }): readonly ClosedMonth[] =>
    Array.from({ length: count }, (_, index) => ({
      month: monthsLater('2026-01', first + index),
      upTo: BigInt((first + index + 1) * step),
    })),
  );

async function project(events: readonly RecordedEvent[]): Promise<void> {
  const tables = ['entries', 'balances', 'lots', 'token_accounts'];
  await database.sql.query(`truncate ${tables.map((table) => `ledger.${table}`).join(', ')}`);
  await database.project(journalProjector, events);
}

const columns = [
  'purchased',
  'recognised',
  'refunded',
  'chargedBack',
  'repaid',
  'breakage',
] as const;
function carried(row: RevenueRow, unit: 'tokens' | 'minorUnits'): bigint {
  const [purchased, recognised, refunded, ...gone] = columns.map((column) => row[column][unit]);
  const taken = gone.reduce((sum, amount) => sum + amount, 0n);
  return row.opening[unit] + purchased! - recognised! + refunded! - taken;
}

test('after any history and any closes, every month reads as its entries add up, and carries over', async () => {
  await fc.assert(
    fc.asyncProperty(histories, closes, async (events, closed) => {
      await project(events);
      const rows = await dataSource.getRepository(LedgerEntryRow).find();
      const closing = new Map<string, RevenueRow['closing']>();
      for (let month = '2025-12'; month < '2026-09'; month = monthsLater(month, 1)) {
        const bounds = periodBounds(month, closed);
        const expected = new RevenueOfMonth(bounds);
        for (const row of rows) expected.add(journalEntryOf(row), row.position);
        const found = await revenue.month(bounds);
        expect(found).toEqual(expected.result());
        for (const row of found) {
          expect(carried(row, 'tokens')).toBe(row.closing.tokens);
          expect(carried(row, 'minorUnits')).toBe(row.closing.minorUnits);
          const key = `${row.tenantId} ${row.currency}`;
          expect(row.opening).toEqual(closing.get(key) ?? { tokens: 0n, minorUnits: 0n });
          closing.set(key, row.closing);
        }
        const one = found.filter(({ tenantId }) => tenantId === 'ten_b');
        expect(await revenue.month(bounds, 'ten_b')).toEqual(one);
      }
    }),
    { numRuns: 15 },
  );
});

test('after any history, balances at any time are the entries known and done by then', async () => {
  const ledger = () => new LedgerQueries(dataSource);
  const day = fc.integer({ min: 0, max: 120 });
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.option(day),
      fc.option(day),
      async (events, asOfDay, knownDay) => {
        await project(events);
        const at = (days: number | null) =>
          days === null ? undefined : new Date(START_MS + days * DAY_MS);
        const [asOf, knownAt] = [at(asOfDay), at(knownDay)];
        const rows = (await dataSource.getRepository(LedgerEntryRow).find()).filter(
          (row) =>
            (asOf === undefined || row.happenedAt <= asOf) &&
            (knownAt === undefined || row.knownAt <= knownAt),
        );
        const expected = new Map<string, [bigint, bigint]>();
        for (const { tenantId, postings } of rows.map(journalEntryOf)) {
          for (const { account, tokens, money } of postings) {
            const key = [tenantId, account, money?.currency].join(' ');
            const [before, minorUnits] = expected.get(key) ?? [0n, 0n];
            expected.set(key, [before + tokens, minorUnits + (money?.minorUnits ?? 0n)]);
          }
        }
        for (const [key, [tokens]] of expected) {
          if (key.includes(' held:') && tokens === 0n) expected.delete(key);
        }
        const { items } = await ledger().accountBalances({ asOf, knownAt, limit: 1_000 });
        const found = items.map(
          ({ tenantId, account, money, tokens }): [string, [bigint, bigint]] => [
            [tenantId, account, money?.currency].join(' '),
            [BigInt(tokens), BigInt(money?.minorUnits ?? 0)],
          ],
        );
        expect(new Map(found)).toEqual(expected);
        const { total, totalMoney, entries } = await ledger().trialBalance({ asOf, knownAt });
        expect([total, entries]).toEqual(['0', rows.length]);
        expect(totalMoney.every(({ minorUnits }) => minorUnits === '0')).toBe(true);
      },
    ),
    { numRuns: 15 },
  );
});
