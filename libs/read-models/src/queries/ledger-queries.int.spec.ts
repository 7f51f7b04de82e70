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
const euros = (minorUnits: string) => ({ currency: 'EUR', minorUnits });
const at = (seconds: number) => new Date(Date.parse('2026-01-15T09:00:00.000Z') + seconds * 1_000);

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  dataSource = await createDataSource({ url: database.url });
  ledger = new LedgerQueries(dataSource);
  const origin = { paymentId: 'pay_1', provider: 'manual', discount: null };
  const lot = { lotId: 'paid', tokens: 30n, ...origin };
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
  const totalMoney = [
    { currency: 'EUR', minorUnits: '0' },
    { currency: 'USD', minorUnits: '0' },
  ];
  expect(sums).toEqual({ total: '0', totalMoney, tenants: 2, entries: 8 });
  const lines = classes.map(({ accountClass, accounts, tokens, money }) => [
    ...[accountClass, accounts, tokens],
    ...money.map(({ currency, minorUnits }) => `${minorUnits} ${currency}`),
  ]);
  expect(lines).toEqual([
    ['cash-clearing', 2, '130', '1000 EUR', '100 USD'],
    ['deferred-revenue', 2, '-119', '-634 EUR', '-100 USD'],
    ['promotional', 1, '0'],
    ['held', 1, '-4', '-133 EUR'],
    ['revenue', 1, '-7', '-233 EUR'],
    ['refunds', 0, '0'],
    ['breakage', 0, '0'],
    ['charge-backs', 0, '0'],
    ['promotional-issued', 1, '20'],
    ['promotional-used', 1, '-20'],
  ]);
});

test('a trial balance of the past leaves out what had not happened or was not known', async () => {
  expect(await ledger.trialBalance({ asOf: at(3) })).toMatchObject({ total: '0', entries: 3 });
  const beforeSettle = await ledger.trialBalance({ knownAt: at(4), tenantId: 'ten_1' });
  expect(beforeSettle).toMatchObject({ total: '0', tenants: 1, entries: 4 });
  expect(beforeSettle.classes.find(({ accountClass }) => accountClass === 'held')).toEqual({
    accountClass: 'held',
    accounts: 1,
    tokens: '-30',
    money: [{ currency: 'EUR', minorUnits: '-333' }],
  });
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
      { lotId: 'gift', kind: 'promotional', tokens: '-20', money: null },
      { lotId: 'paid', kind: 'purchased', tokens: '-10', money: euros('-333') },
    ],
    charged: [],
    postings: [
      { account: 'promotional:gift', lotId: 'gift', tokens: '20', money: null },
      { account: 'held:g1', lotId: 'gift', tokens: '-20', money: null },
      {
        account: 'deferred-revenue:purchased:paid',
        ...{ lotId: 'paid', tokens: '10', money: euros('333') },
      },
      { account: 'held:g1', lotId: 'paid', tokens: '-10', money: euros('-333') },
    ],
    happenedAt: at(4).toISOString(),
  });
  expect(items[1]).toMatchObject({
    lots: [{ lotId: 'paid', kind: 'purchased', tokens: '3', money: euros('100') }],
    charged: [
      { lotId: 'gift', kind: 'promotional', tokens: '20', money: null },
      { lotId: 'paid', kind: 'purchased', tokens: '7', money: euros('233') },
    ],
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

test('a statement comes from its beginning where that is asked for', async () => {
  const first = await ledger.entries({ tenantId: 'ten_1', sort: 'revision', limit: 4 });
  expect(first.items.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
  const rest = {
    tenantId: 'ten_1',
    sort: 'revision',
    limit: 4,
    cursor: first.nextCursor!,
  } as const;
  expect((await ledger.entries(rest)).items.map(({ revision }) => revision)).toEqual([4, 5]);
});

test.each([
  ['["x"]'],
  ['["-revision","-1",""]'],
  ['["-revision","99999999999999999999",""]'],
  ['["revision","2",""]'],
])('a cursor %s is refused', async (text) => {
  const cursor = Buffer.from(text).toString('base64url');
  const entries = ledger.entries({ tenantId: 'ten_1', limit: 4, cursor });
  await expect(entries).rejects.toThrow(InvalidCursor);
});

test('the journal of all tenants comes in the order of the store, in pages', async () => {
  const first = await ledger.journal({ limit: 7 });
  expect(first.items.map(({ tenantId, revision }) => `${tenantId} ${revision}`).at(-1)).toBe(
    'ten_2 0',
  );
  const second = await ledger.journal({ limit: 7, cursor: first.nextCursor! });
  expect(second).toMatchObject({ items: [{ type: 'TokensPurchased' }], nextCursor: null });
});

test.each([
  [{ lotId: 'gift' }, [2, 3, 4]],
  [{ account: 'held:g2' }, [5]],
  [{ generationId: 'g1', asOf: at(4) }, [3]],
  [{ tenantId: 'ten_1', knownAt: at(2) }, [0, 1]],
])('the journal filtered by %j', async (filter, revisions) => {
  const { items } = await ledger.journal({ limit: 10, ...filter });
  expect(items.map(({ revision }) => revision)).toEqual(revisions);
});

test('accounts in use come in pages, with what they are of', async () => {
  const first = await ledger.accounts({ limit: 3 });
  expect(first.items).toMatchObject([
    { account: 'cash-clearing', normalSide: 'debit', currencies: ['EUR'] },
    { accountClass: 'deferred-revenue', normalSide: 'credit', lotId: 'paid' },
    { account: 'held:g2', generationId: 'g2', currencies: ['EUR'] },
  ]);
  const rest = await ledger.accounts({ limit: 10, cursor: first.nextCursor! });
  expect(rest.items.map(({ tenantId, account }) => `${tenantId} ${account}`)).toEqual([
    'ten_1 promotional-issued',
    'ten_1 promotional-used',
    'ten_1 promotional:gift',
    'ten_1 revenue',
    'ten_2 cash-clearing',
    'ten_2 deferred-revenue:purchased:dollars',
  ]);
});

test('balances by account of a class, now and before', async () => {
  const held = { accountClass: 'held', limit: 10 } as const;
  const balance = { tenantId: 'ten_1', accountClass: 'held' };
  expect((await ledger.accountBalances(held)).items).toEqual([
    { ...balance, account: 'held:g2', tokens: '-4', money: euros('-133') },
  ]);
  expect((await ledger.accountBalances({ ...held, asOf: at(4) })).items).toEqual([
    { ...balance, account: 'held:g1', tokens: '-20', money: null },
    { ...balance, account: 'held:g1', tokens: '-10', money: euros('-333') },
  ]);
  const page = await ledger.accountBalances({ ...held, asOf: at(4), limit: 1 });
  const next = await ledger.accountBalances({ ...held, asOf: at(4), cursor: page.nextCursor! });
  expect(next.items).toMatchObject([{ tokens: '-10' }]);
});

test('balances of a tenant say what can be spent, by kind', async () => {
  expect(await ledger.balances({ tenantId: 'ten_1' })).toEqual({
    available: '19',
    held: '4',
    purchased: '19',
    promotional: '0',
    frozen: null,
    accounts: [
      { account: 'cash-clearing', tokens: '30', money: euros('1000') },
      { account: 'deferred-revenue:purchased:paid', tokens: '-19', money: euros('-634') },
      { account: 'promotional-issued', tokens: '20', money: null },
      { account: 'promotional-used', tokens: '-20', money: null },
      { account: 'promotional:gift', tokens: '0', money: null },
      { account: 'revenue', tokens: '-7', money: euros('-233') },
      { account: 'held', tokens: '-4', money: euros('-133') },
    ],
  });
  expect(await ledger.balances({ tenantId: 'nobody' })).toBeUndefined();
});

test('lots come in the order they were received', async () => {
  expect(await ledger.lots({ tenantId: 'ten_1' })).toMatchObject([
    {
      ...{ lotId: 'paid', available: '19', held: '4', captured: '7' },
      ...{ paidMinorUnits: '1000', recognisedMinorUnits: '233' },
      ...{ source: 'pay_1', provider: 'manual', discountTier: null },
    },
    { lotId: 'gift', available: '0', captured: '20', paidMinorUnits: null, source: 'welcome' },
  ]);
});

test('revenue is recognised by what each lot was paid', async () => {
  expect(await ledger.revenue()).toEqual([
    { currency: 'EUR', paid: '1000', recognised: '233', takenBack: '0', deferred: '767' },
    { currency: 'USD', paid: '100', recognised: '0', takenBack: '0', deferred: '100' },
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
