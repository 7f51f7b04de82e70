import type { DomainEvent } from '@imprest/domain';
import {
  accountOpened,
  allocationsOf,
  generationRequest,
  priceOf,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDataSource } from '../../data-source.js';
import { journalProjector } from '../../ledger/journal-projector.js';
import { migrations } from '../../migrations/index.js';
import { reconciliationProjector } from '../../projections/index.js';
import { type InvariantName, invariantNames, invariants } from './index.js';

const NONE = Object.fromEntries(invariantNames.map((name) => [name, 0]));
const LATER = new Date('2026-02-01T00:00:00.000Z');
const AT_ONCE = new Date('2026-01-01T00:00:00.000Z');
const TABLES = `ledger.entries, ledger.balances, ledger.lots, ledger.token_accounts,
  read_models.reconciliation, read_models.checkpoints`;

const requested: DomainEvent = {
  type: 'GenerationRequested',
  data: generationRequest({ tenantId: 'ten_1', price: priceOf(10n) }),
};
const succeeded: DomainEvent = {
  type: 'GenerationSucceeded',
  data: { images: 1, charged: 10n, refunded: 0n, lots: [] },
};
const cancelled: DomainEvent = {
  type: 'GenerationCancelled',
  data: { reason: 'no longer wanted', charged: 0n, refunded: 10n },
};
const held = (id: string) => tokensHeld(id, { paid: 10n });
const settled = (generationId: string): DomainEvent => ({
  type: 'HoldSettled',
  data: { generationId, captured: allocationsOf({ paid: 10n }), released: [] },
});

const settledFree = (n: number): DomainEvent => ({
  type: 'HoldSettled',
  data: { generationId: `g${n}`, captured: [], released: [] },
});

describe('invariants', () => {
  let database: ProjectionDatabase;
  let dataSource: DataSource;
  let log: RecordedLog;
  const project = async () => {
    const ofAccounts = log.events.filter(({ stream }) => stream.startsWith('tokenAccount'));
    await database.project(journalProjector, ofAccounts);
    await database.project(reconciliationProjector, log.events);
    await sql(`insert into read_models.checkpoints (consumer, position)
      select unnest('{journal,reconciliation}'::text[]), ${log.events.length}
      on conflict (consumer) do update set position = excluded.position`);
  };
  const report = (before = LATER) => invariants(dataSource, { before, eventStore: log });
  const violations = async (before = LATER) => (await report(before)).counts;
  const sql = (text: string) => database.sql.query(text);

  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
    dataSource = await createDataSource({ url: database.url });
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    await sql(`truncate ${TABLES}`);
    log = new RecordedLog();
    log.record('ten_1', accountOpened, tokensPurchased('paid', 100n));
  });

  test('hold while work is open, asked for, done and settled', async () => {
    log.record('open', requested);
    log.record('done', requested);
    log.record('ten_1', held('open'), held('done'));
    log.record('done', succeeded);
    log.record('ten_1', settled('done'));
    await project();
    expect(await report()).toEqual({
      counts: NONE,
      violations: [],
      checkedUpTo: BigInt(log.events.length),
      gauges: { openGenerations: 1, openHolds: 1, requestedWithoutHold: 0, endedWithoutHold: 0 },
    });
  });

  test('an empty installation breaks none', async () => {
    expect(await violations()).toEqual(NONE);
  });

  test('an outcome may wait a while for its settle, and not for ever', async () => {
    log.record('g1', requested);
    log.record('ten_1', held('g1'));
    log.record('g1', succeeded);
    await project();
    expect(await violations(AT_ONCE)).toEqual(NONE);
    expect(await violations()).toEqual({ ...NONE, endedButHeld: 1 });
  });

  test('a settle of what has not ended is one', async () => {
    log.record('g1', requested);
    log.record('ten_1', held('g1'), settled('g1'));
    await project();
    expect(await violations()).toEqual({ ...NONE, closedButNotEnded: 1 });
  });

  test('another amount captured than charged is one', async () => {
    log.record('g1', requested);
    log.record('ten_1', held('g1'), settled('g1'));
    log.record('g1', cancelled);
    await project();
    expect(await violations()).toEqual({ ...NONE, amountsDiffer: 1 });
  });

  test('a charge without a hold is one, an uncharged end is counted apart', async () => {
    log.record('g1', requested, succeeded);
    log.record('g2', requested, cancelled);
    log.record('g3', requested);
    await project();
    expect(await report()).toMatchObject({
      counts: { ...NONE, chargedWithoutHold: 1 },
      gauges: { endedWithoutHold: 1, requestedWithoutHold: 1, openGenerations: 1, openHolds: 0 },
    });
  });

  test('a hold nothing was asked for is one', async () => {
    log.record('ten_1', held('g1'));
    await project();
    expect(await violations()).toEqual({ ...NONE, heldWithoutRequest: 1 });
  });

  test.each([
    ['journal', 'a hold that the other does not know yet', ['held']],
    ['journal', 'a settle that the other does not know yet', ['held', 'settled']],
    ['reconciliation', 'a hold that the other does not know yet', ['held']],
    ['reconciliation', 'a settle that the other does not know yet', ['held', 'settled']],
  ])('a %s that is ahead with %s breaks none', async (ahead, _what, facts) => {
    log.record('g1', requested);
    if (facts.includes('settled')) log.record('ten_1', held('g1'));
    await project();
    const known = log.events.length;
    log.record('ten_1', facts.includes('settled') ? settled('g1') : held('g1'));
    const newer = log.events.slice(known);
    const projector = ahead === 'journal' ? journalProjector : reconciliationProjector;
    await database.project(projector, newer);
    await sql(`update read_models.checkpoints set position = ${log.events.length}
      where consumer = '${ahead}'`);
    expect((await violations(AT_ONCE)).openHoldsDiffer).toBe(0);
  });

  test('every entry since the last look is looked at, however many came in between', async () => {
    for (let n = 0; n < 150; n += 1) log.record('ten_1', tokensHeld(`g${n}`, {}), settledFree(n));
    await project();
    await sql("update ledger.entries set generation_id = 'gx' where position = 20");
    const look = async (checkedUpTo?: bigint) =>
      (await invariants(dataSource, { before: AT_ONCE, eventStore: log, checkedUpTo })).counts;
    expect((await look()).entriesAgainstEvents).toBe(0);
    expect((await look(20n)).entriesAgainstEvents).toBe(0);
    expect((await look(19n)).entriesAgainstEvents).toBe(1);
  });

  describe('rows that were tampered with come to light', () => {
    /** What is done behind the back of the program, and what has to be named. */
    const tamperings: Readonly<Record<string, readonly [InvariantName, string, RegExp]>> = {
      'a balance of tokens': [
        'sumOfBalances',
        "update ledger.balances set tokens = tokens + 3 where account = 'revenue'",
        /all accounts sum to 3 tokens/,
      ],
      'a balance of money': [
        'sumOfBalances',
        "update ledger.balances set minor_units = minor_units - 1 where account = 'cash-clearing'",
        /all accounts sum to -1 minor units of USD/,
      ],
      'two balances that still sum to zero': [
        'lotsAgainstBalances',
        `update ledger.balances set minor_units = minor_units
           + case account when 'revenue' then -2 else 2 end
         where account in ('revenue', 'deferred-revenue:purchased:paid')`,
        /the books say -12 minor units USD of revenue less refunds, the lots -10/,
      ],
      'tokens moved from one lot to another': [
        'lotsAgainstBalances',
        `update ledger.lots set available = available + case lot_id when 'paid' then -5 else 5 end,
           tokens = tokens + case lot_id when 'paid' then -5 else 5 end
         where kind = 'purchased'`,
        /tokens are available in it, and the books owe/,
      ],
      'a lot': [
        'lotsAgainstBalances',
        "update ledger.lots set available = available + 5, captured = captured - 5 where lot_id = 'paid'",
        /85 tokens are available in it|the books say -10 tokens USD of revenue, the lots -5/,
      ],
      'the price of a lot': [
        'lotsAgainstBalances',
        "update ledger.lots set paid_minor_units = 50 where lot_id = 'paid'",
        /the books say -10 minor units USD of revenue less refunds, the lots -5/,
      ],
      'a lot that is gone': [
        'lotsAgainstBalances',
        "delete from ledger.lots where lot_id = 'other'",
        /the books say -20 tokens USD of deferred-revenue|the books say/,
      ],
      'an account': [
        'accountsAgainstLots',
        'update ledger.token_accounts set available = available + 1',
        /the account says 101 available and 10 held, its lots 100 and 10/,
      ],
      'a lot below zero': [
        'negativeLots',
        `do $$ declare name text; begin
             for name in select conname from pg_constraint where conrelid = 'ledger.lots'::regclass and contype = 'c'
             loop execute format('alter table ledger.lots drop constraint %I', name); end loop;
           end $$;
         update ledger.lots set available = -1 where lot_id = 'paid'`,
        /-1 tokens are left in it/,
      ],
      'an overdrawn hold': [
        'overdrawnHolds',
        "insert into ledger.balances values ('ten_1', 'held:g9', 'USD', 4, 0)",
        /4 tokens too many were taken out of it/,
      ],
      'a hold that is gone from the books': [
        'openHoldsDiffer',
        "delete from ledger.balances where account = 'held:open'",
        /it is open, and the books do not hold its 10 tokens/,
      ],
      'a hold that is gone from the open generations': [
        'openHoldsDiffer',
        "delete from read_models.reconciliation where generation_id = 'open'",
        /10 tokens are held in the books for what is no open generation/,
      ],
      'an entry in its tokens': [
        'entriesAgainstEvents',
        "update ledger.entries set tokens = '{10,-9,-1}', accounts = '{a,b,c}', lots = '{a,b,c}', minor_units = '{0,0,0}', currencies = array['','',''] where type = 'HoldSettled'",
        /accounts is a,b,c in the entry, and held:done,revenue by the event/,
      ],
      'an entry in its money': [
        'entriesAgainstEvents',
        "update ledger.entries set minor_units = '{9,-9}' where type = 'HoldSettled'",
        /minorUnits is 9,-9 in the entry, and 10,-10 by the event/,
      ],
      'an entry in its time': [
        'entriesAgainstEvents',
        "update ledger.entries set happened_at = happened_at - interval '1 month' where type = 'HoldSettled'",
        /happenedAt is 2025-12-15/,
      ],
      'an entry that is gone': [
        'entriesAgainstEvents',
        "delete from ledger.entries where type = 'HoldSettled'",
        /HoldSettled has no entry/,
      ],
      'an entry without an event': [
        'entriesAgainstEvents',
        `insert into ledger.entries select 99, 'ten_1', 99, event_id, type, null, happened_at, known_at,
           accounts, lots, tokens, minor_units, currencies, available, held, leaf
         from ledger.entries where type = 'HoldSettled'`,
        /the entry has no event/,
      ],
      'an outcome': [
        'amountsDiffer',
        "insert into read_models.reconciliation select 'done', tenant_id, true, 1, 7, 3, 1, 10, 1, 10, changed_at from read_models.reconciliation where generation_id = 'open'",
        /the outcome says charged 7 and refunded 3, the ledger captured 10 of 10 held/,
      ],
    };

    test.each(Object.entries(tamperings))('%s', async (_what, [invariant, tampering, message]) => {
      log.record('done', requested);
      log.record('open', requested);
      log.record('ten_1', tokensPurchased('other', 20n), held('done'), held('open'));
      log.record('done', succeeded);
      log.record('ten_1', settled('done'));
      await project();
      expect(await violations()).toEqual(NONE);
      await sql('begin');
      try {
        await sql(tampering);
        await sql('commit');
        const found = await report();
        expect(found.counts[invariant]).toBeGreaterThan(0);
        const messages = found.violations.filter((violation) => violation.invariant === invariant);
        expect(messages.map((violation) => violation.message).join('\n')).toMatch(message);
        for (const { subjects } of messages) expect(subjects[0]?.id).toBeTruthy();
      } finally {
        await restore();
      }
    });
  });

  /** Constraints that a tampering had to drop are made again with the tables. */
  async function restore(): Promise<void> {
    await dataSource.destroy();
    await database.drop();
    database = await createProjectionDatabase(migrations);
    dataSource = await createDataSource({ url: database.url });
  }
});
