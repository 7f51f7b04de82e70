import { InvalidCursor } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import {
  accountOpened,
  allocationsOf,
  tokensGranted,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { journalProjector } from '../ledger/journal-projector.js';
import { migrations } from '../migrations/index.js';
import { LedgerQueries, tenantsWithExpiredLots } from './index.js';

let database: ProjectionDatabase;
let dataSource: DataSource;
let ledger: LedgerQueries;
const log = new RecordedLog();
const at = (seconds: number) => new Date(Date.parse('2026-01-15T09:00:00.000Z') + seconds * 1_000);

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  dataSource = await createDataSource({ url: database.url });
  ledger = new LedgerQueries(dataSource);
  const lot = { lotId: 'paid', tokens: 30n, paymentId: 'pay_1' };
  const paid = { minorUnits: 1_000n, currency: 'EUR' };
  log.record('ten_1', accountOpened, { type: 'TokensPurchased', data: { ...lot, paid } });
  log.record('ten_1', tokensGranted('gift', 20n), tokensHeld('g1', { gift: 20n, paid: 10n }));
  log.record('ten_1', {
    type: 'HoldSettled',
    data: {
      generationId: 'g1',
      captured: allocationsOf({ gift: 20n, paid: 7n }),
      released: allocationsOf({ paid: 3n }),
    },
  });
  log.record('ten_1', tokensHeld('g2', { paid: 4n }));
  log.record('ten_2', accountOpened, tokensPurchased('dollars', 100n));
  await database.project(journalProjector, log.events);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

test('the trial balance of all tenants is zero, and names every class of the chart', async () => {
  const { classes, ...sums } = await ledger.trialBalance();
  expect(sums).toEqual({ total: '0', tenants: 2, entries: 8 });
  expect(classes).toEqual([
    { accountClass: 'cash-clearing', accounts: 2, tokens: '130' },
    { accountClass: 'deferred-revenue', accounts: 2, tokens: '-119' },
    { accountClass: 'promotional', accounts: 1, tokens: '0' },
    { accountClass: 'held', accounts: 1, tokens: '-4' },
    { accountClass: 'revenue', accounts: 1, tokens: '-7' },
    { accountClass: 'refunds', accounts: 0, tokens: '0' },
    { accountClass: 'breakage', accounts: 0, tokens: '0' },
    { accountClass: 'charge-backs', accounts: 0, tokens: '0' },
    { accountClass: 'promotional-issued', accounts: 1, tokens: '20' },
    { accountClass: 'promotional-used', accounts: 1, tokens: '-20' },
  ]);
});

test('the trial balance of one tenant is zero too', async () => {
  expect(await ledger.trialBalance({ tenantId: 'ten_2' })).toMatchObject({
    total: '0',
    tenants: 1,
    entries: 2,
  });
  expect(await ledger.trialBalance({ tenantId: 'nobody' })).toMatchObject({
    total: '0',
    tenants: 0,
    entries: 0,
  });
});

test('a statement says what each entry changed and what was left', async () => {
  const { items } = await ledger.entries({ tenantId: 'ten_1', limit: 10 });
  const lines = items.map((entry) => [
    entry.type,
    entry.changeOfAvailable,
    entry.changeOfHeld,
    entry.available,
    entry.held,
  ]);
  expect(lines).toEqual([
    ['TokensHeld', '-4', '4', '19', '4'],
    ['HoldSettled', '3', '-30', '23', '0'],
    ['TokensHeld', '-30', '30', '20', '30'],
    ['TokensGranted', '20', '0', '50', '0'],
    ['TokensPurchased', '30', '0', '30', '0'],
    ['AccountOpened', '0', '0', '0', '0'],
  ]);
  expect(items[2]).toMatchObject({
    generationId: 'g1',
    lots: [
      { lotId: 'gift', kind: 'promotional', tokens: '-20' },
      { lotId: 'paid', kind: 'purchased', tokens: '-10' },
    ],
    postings: [
      { account: 'promotional:gift', tokens: '20' },
      { account: 'deferred-revenue:purchased:paid', tokens: '10' },
      { account: 'held:g1', tokens: '-30' },
    ],
    happenedAt: at(4).toISOString(),
  });
});

test.each([
  [{ generationId: 'g1' }, [4, 3]],
  [{ from: at(4), to: at(6) }, [4, 3]],
  [{ generationId: 'g1', from: at(5) }, [4]],
])('a statement filtered by %j', async (filter, revisions) => {
  const { items } = await ledger.entries({ tenantId: 'ten_1', limit: 10, ...filter });
  expect(items.map(({ revision }) => revision)).toEqual(revisions);
});

test('a statement comes in pages', async () => {
  const first = await ledger.entries({ tenantId: 'ten_1', limit: 4 });
  const cursor = first.nextCursor!;
  const second = await ledger.entries({ tenantId: 'ten_1', limit: 4, cursor });
  expect(second.items.map(({ revision }) => revision)).toEqual([1, 0]);
  expect(second.nextCursor).toBeNull();
});

test.each([['["x"]'], ['["-1"]'], ['["99999999999"]'], ['["1","2"]']])(
  'a cursor %s is refused',
  async (text) => {
    const cursor = Buffer.from(text).toString('base64url');
    const entries = ledger.entries({ tenantId: 'ten_1', limit: 4, cursor });
    await expect(entries).rejects.toThrow(InvalidCursor);
  },
);

test('balances of a tenant say what can be spent, by kind', async () => {
  expect(await ledger.balances({ tenantId: 'ten_1' })).toEqual({
    available: '19',
    held: '4',
    purchased: '19',
    promotional: '0',
    frozen: null,
    accounts: [
      { account: 'cash-clearing', tokens: '30' },
      { account: 'deferred-revenue:purchased:paid', tokens: '-19' },
      { account: 'promotional-issued', tokens: '20' },
      { account: 'promotional-used', tokens: '-20' },
      { account: 'promotional:gift', tokens: '0' },
      { account: 'revenue', tokens: '-7' },
      { account: 'held', tokens: '-4' },
    ],
  });
  expect(await ledger.balances({ tenantId: 'nobody' })).toBeUndefined();
});

test('lots come in the order they were received', async () => {
  expect(await ledger.lots({ tenantId: 'ten_1' })).toMatchObject([
    { lotId: 'paid', available: '19', held: '4', captured: '7', paidMinorUnits: '1000' },
    { lotId: 'gift', available: '0', captured: '20', paidMinorUnits: null, source: 'welcome' },
  ]);
});

test('revenue is recognised by what each lot was paid', async () => {
  expect(await ledger.revenue()).toEqual([
    { currency: 'EUR', paid: '1000', recognised: '233', chargedBack: '0', deferred: '767' },
    { currency: 'USD', paid: '100', recognised: '0', chargedBack: '0', deferred: '100' },
  ]);
  expect(await ledger.revenue({ tenantId: 'ten_2' })).toHaveLength(1);
});

test('tenants with lots to expire are found from the time on, and no longer once it is booked', async () => {
  const later = new RecordedLog();
  const expiresAt = at(3_600).toISOString();
  later.record('ten_3', accountOpened, tokensGranted('trial', 5n, expiresAt));
  later.record('ten_4', accountOpened, tokensGranted('trial', 5n, expiresAt));
  await database.project(journalProjector, later.events.map(afterTheOthers));
  expect(await tenantsWithExpiredLots(dataSource, at(3_599), 10)).toEqual([]);
  expect(await tenantsWithExpiredLots(dataSource, at(3_600), 10)).toEqual(['ten_3', 'ten_4']);
  expect(await tenantsWithExpiredLots(dataSource, at(3_600), 1)).toEqual(['ten_3']);
  const expired = later.record('ten_3', {
    type: 'LotExpired',
    data: { lotId: 'trial', tokens: 5n },
  });
  await database.project(journalProjector, expired.map(afterTheOthers));
  expect(await tenantsWithExpiredLots(dataSource, at(3_600), 10)).toEqual(['ten_4']);
});

const afterTheOthers = (event: RecordedEvent) => ({ ...event, position: event.position + 100n });
