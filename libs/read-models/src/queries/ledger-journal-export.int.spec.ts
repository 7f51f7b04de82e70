import {
  type BookedEntry,
  bookedIn,
  type ClosedMonth,
  changesOfOwed,
  monthsLater,
  periodBounds,
  startOfMonth,
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
import { journalProjector } from '../ledger/journal-projector.js';
import { migrations } from '../migrations/index.js';
import { ClosingQueries, type JournalExportScope, LedgerQueries, RevenueQueries } from './index.js';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2025-01-01T00:00:00.000Z');
const tenants = ['ten_a', 'ten_b'];
const closed: readonly ClosedMonth[] = [
  { month: '2025-01', upTo: 25n },
  { month: '2025-02', upTo: 50n },
];

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

const histories: fc.Arbitrary<readonly RecordedEvent[]> = fc
  .record({
    accounts: fc.tuple(...tenants.map((tenantId) => tokenAccountHistory(tenantId, 50))),
    lateness: fc.array(fc.constantFrom(0, 0, 9, 40), { minLength: 1, maxLength: 20 }),
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
      const knownMs = START_MS + index * DAY_MS;
      const late = lateness[index % lateness.length]! * DAY_MS;
      const occurredAt = new Date(Math.max(START_MS, knownMs - late)).toISOString();
      const metadata = { ...event.metadata, occurredAt };
      return { ...event, metadata, recordedAt: new Date(knownMs) };
    });
  });

async function project(events: readonly RecordedEvent[]): Promise<void> {
  const tables = ['entries', 'balances', 'lots', 'token_accounts'];
  await database.sql.query(`truncate ${tables.map((table) => `ledger.${table}`).join(', ')}`);
  await database.project(journalProjector, events);
}

async function exported(scope: JournalExportScope): Promise<readonly BookedEntry[]> {
  const all: BookedEntry[] = [];
  for await (const page of new LedgerQueries(dataSource).export(scope)) all.push(...page);
  return all;
}

function orderOf({ month, position, entry }: BookedEntry): string {
  const start = startOfMonth(month);
  const at = entry.happenedAt > start ? entry.happenedAt : start;
  return `${at} ${position.toString().padStart(9, '0')}`;
}

test('every entry is exported once, in the month it is booked in, in order', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (events) => {
      await project(events);
      const all = await exported({ closed });
      expect(all.map(({ position }) => position).toSorted((a, b) => Number(a - b))).toEqual(
        events.map(({ position }) => position),
      );
      for (const { position, month, entry } of all) {
        expect(month).toBe(bookedIn({ position, happenedAt: entry.happenedAt }, closed));
      }
      expect(all.map(orderOf)).toEqual(all.map(orderOf).toSorted());
      const part = { closed, from: '2025-02', to: '2025-03', tenantId: 'ten_b' };
      const expected = all.filter(
        ({ month, entry }) =>
          month >= '2025-02' && month <= '2025-03' && entry.tenantId === 'ten_b',
      );
      expect(await exported(part)).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});

test('statements add up: from the opening by their lines to the closing, and all of them to the trial balance', async () => {
  const revenue = new RevenueQueries(dataSource);
  const books = new ClosingQueries(dataSource);
  await fc.assert(
    fc.asyncProperty(histories, async (events) => {
      await project(events);
      for (let month = '2025-01'; month <= '2025-04'; month = monthsLater(month, 1)) {
        const bounds = periodBounds(month, closed);
        const rows = await revenue.month(bounds);
        const entries = await exported({ closed, from: month, to: month });
        for (const { tenantId, currency, opening, closing } of rows) {
          const lines = entries
            .filter(({ entry }) => entry.tenantId === tenantId)
            .flatMap(({ entry }) => changesOfOwed(entry))
            .filter(({ money }) => (money?.currency ?? null) === currency);
          const tokens = lines.reduce((sum, line) => sum + line.tokens, 0n);
          const money = lines.reduce((sum, line) => sum + (line.money?.minorUnits ?? 0n), 0n);
          expect(opening.tokens + tokens).toBe(closing.tokens);
          expect(opening.minorUnits + money).toBe(closing.minorUnits);
        }
        const { to, upTo = 2n ** 62n } = bounds;
        const { trialBalance } = await books.sums({ to, upTo });
        const owed = trialBalance.filter(({ accountClass }) =>
          ['deferred-revenue', 'promotional', 'held'].includes(accountClass),
        );
        const total = (of: (row: { tokens: bigint; minorUnits: bigint }) => bigint) => [
          owed.reduce((sum, row) => sum - of(row), 0n),
          rows.reduce((sum, { closing }) => sum + of(closing), 0n),
        ];
        for (const of of [
          ({ tokens }: { tokens: bigint }) => tokens,
          ({ minorUnits }: { minorUnits: bigint }) => minorUnits,
        ]) {
          const [inBooks, inStatements] = total(of);
          expect(inStatements).toBe(inBooks);
        }
      }
    }),
    { numRuns: 10 },
  );
});
