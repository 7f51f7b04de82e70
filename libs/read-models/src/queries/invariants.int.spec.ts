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
import { createDataSource } from '../data-source.js';
import { journalProjector } from '../ledger/journal-projector.js';
import { migrations } from '../migrations/index.js';
import { reconciliationProjector } from '../projections/index.js';
import { invariants } from './index.js';

const NONE = {
  endedButHeld: 0,
  chargedWithoutHold: 0,
  closedButNotEnded: 0,
  closedTwice: 0,
  heldWithoutRequest: 0,
  amountsDiffer: 0,
  sumOfBalances: 0,
  lotsAgainstBalances: 0,
  negativeLots: 0,
  overdrawnHolds: 0,
};
const LATER = new Date('2026-02-01T00:00:00.000Z');
const AT_ONCE = new Date('2026-01-01T00:00:00.000Z');
const TABLES = `ledger.entries, ledger.balances, ledger.lots, ledger.token_accounts,
  read_models.reconciliation`;

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

describe('invariants', () => {
  let database: ProjectionDatabase;
  let dataSource: DataSource;
  let log: RecordedLog;
  const project = async () => {
    const ofAccounts = log.events.filter(({ stream }) => stream.startsWith('tokenAccount'));
    await database.project(journalProjector, ofAccounts);
    await database.project(reconciliationProjector, log.events);
  };
  const violations = async (before = LATER) => (await invariants(dataSource, before)).violations;
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
    expect(await invariants(dataSource, LATER)).toEqual({
      violations: NONE,
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
    expect(await invariants(dataSource, LATER)).toMatchObject({
      violations: { ...NONE, chargedWithoutHold: 1 },
      gauges: { endedWithoutHold: 1, requestedWithoutHold: 1, openGenerations: 1, openHolds: 0 },
    });
  });

  test('a hold nothing was asked for is one', async () => {
    log.record('ten_1', held('g1'));
    await project();
    expect(await violations()).toEqual({ ...NONE, heldWithoutRequest: 1 });
  });

  test.each([
    [
      "update ledger.balances set tokens = tokens + 3 where account = 'revenue'",
      { sumOfBalances: 3 },
    ],
    [
      'update ledger.lots set available = available + 5, captured = captured - 5',
      { lotsAgainstBalances: 5 },
    ],
    [
      "insert into ledger.balances values ('ten_1', 'held:g9', 4), ('ten_1', 'revenue:x', -4)",
      { overdrawnHolds: 1, lotsAgainstBalances: 4 },
    ],
  ])('rows that were tampered with come to light: %s', async (tampering, found) => {
    log.record('done', requested);
    log.record('ten_1', held('done'), settled('done'));
    log.record('done', succeeded);
    await project();
    await sql(tampering);
    expect(await violations()).toEqual({ ...NONE, ...found });
  });
});
