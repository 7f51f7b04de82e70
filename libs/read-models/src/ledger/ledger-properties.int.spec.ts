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
import { ProjectionRebuild } from '../rebuilding/index.js';
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

const ACCOUNT = 'tenant_id, revision, available, held, frozen';
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
      const sums = await rows<Record<string, string>>(
        'select sum(tokens)::text as tokens, sum(minor_units)::text as money from ledger.balances group by currency',
      );
      expect(sums.every(({ money }) => money === '0')).toBe(true);
      expect(sums.reduce((sum, { tokens }) => sum + BigInt(tokens!), 0n)).toBe(0n);
      for (const [index, events] of of.entries()) {
        const state = fold(tokenAccount, events);
        const tenant = `where tenant_id = '${tenants[index]}'`;
        expect(await rows(`select ${ACCOUNT} from ledger.token_accounts ${tenant}`)).toEqual([
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
          `select account, sum(tokens)::text as tokens from ledger.balances ${tenant}
             and account like 'held:%' group by account`,
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
      const options = { projector: journalProjector, eventStore, connectionString: database.url };
      const rebuild = new ProjectionRebuild(options);
      expect(await rebuild.build()).toMatchObject({ events: eventStore.events.length });
      await rebuild.switchOver();
      await rebuild.dropOld();
      expect(await everything()).toEqual(live);
    }),
    RUNS,
  );
});
