import { fold, type TokenAccountEvent, tokenAccount } from '@imprest/domain';
import { tokenAccountHistory } from '@imprest/testkit/arbitraries';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { rebuildJournal } from '../rebuilding/index.js';
import { journalProjector } from './journal-projector.js';

const TABLES = ['entries', 'balances', 'lots', 'token_accounts'];
const RUNS = { numRuns: 12 };

let database: ProjectionDatabase;
beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
});
afterAll(() => database.drop());

type Histories = readonly (readonly TokenAccountEvent[])[];
const tenants = ['ten_a', 'ten_b', 'ten_c'];
const histories: fc.Arbitrary<Histories> = fc.tuple(
  ...tenants.map((tenantId) => tokenAccountHistory(tenantId, 60)),
);

/** One store in which the accounts take turns. */
function interleaved(of: Histories): RecordedLog {
  const log = new RecordedLog();
  const longest = Math.max(...of.map(({ length }) => length));
  for (let turn = 0; turn < longest; turn += 1) {
    for (const [index, events] of of.entries()) {
      log.record(tenants[index]!, ...events.slice(turn, turn + 1));
    }
  }
  return log;
}

const rows = <Row>(sql: string) => database.sql.query<Row>(sql);
const truncate = () => rows(`truncate ${TABLES.map((table) => `ledger.${table}`).join(', ')}`);
const everything = async () => {
  const found: unknown[] = [];
  for (const table of TABLES) {
    found.push(await rows(`select * from ledger.${table} as r order by r::text collate "C"`));
  }
  return found;
};

test('after any history, books, lots and accounts say what the account itself says', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.integer({ min: 1, max: 50 }), async (of, batchSize) => {
      await truncate();
      await database.project(journalProjector, interleaved(of).events, batchSize);
      const [sum] = await rows<{ sum: string }>(
        'select coalesce(sum(tokens), 0)::text as sum from ledger.balances',
      );
      expect(sum).toEqual({ sum: '0' });
      for (const [index, events] of of.entries()) {
        const state = fold(tokenAccount, events);
        const tenant = `where tenant_id = '${tenants[index]}'`;
        expect(await rows(`select * from ledger.token_accounts ${tenant}`)).toEqual([
          {
            tenant_id: tenants[index],
            revision: events.length - 1,
            available: state.available.toString(),
            held: state.held.toString(),
            frozen: state.frozen,
          },
        ]);
        expect(
          await rows(`select lot_id, available from ledger.lots ${tenant} order by received_at`),
        ).toEqual(
          [...state.lots.values()].map((lot) => ({
            lot_id: lot.lotId,
            available: lot.available.toString(),
          })),
        );
        const holds = [...state.holds]
          .filter(([, { tokens }]) => tokens > 0n)
          .map(([id, { tokens }]) => ({ account: `held:${id}`, tokens: (-tokens).toString() }));
        const held = await rows(
          `select account, tokens from ledger.balances ${tenant} and account like 'held:%'`,
        );
        expect(held).toHaveLength(holds.length);
        expect(held).toEqual(expect.arrayContaining(holds));
        const [entries] = await rows<{ count: string }>(
          `select count(*) from ledger.entries ${tenant}`,
        );
        expect(Number(entries?.count)).toBe(events.length);
      }
    }),
    RUNS,
  );
});

test('after any history, a rebuild makes the books that were there', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.integer({ min: 1, max: 50 }), async (of, batchSize) => {
      await truncate();
      const eventStore = interleaved(of);
      await database.project(journalProjector, eventStore.events, batchSize);
      const live = await everything();
      const rebuilt = await rebuildJournal({ eventStore, connectionString: database.url });
      expect(rebuilt.events).toBe(eventStore.events.length);
      expect(await everything()).toEqual(live);
    }),
    RUNS,
  );
});
