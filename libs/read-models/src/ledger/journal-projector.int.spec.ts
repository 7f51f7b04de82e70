import type { TokenAccountEvent } from '@imprest/domain';
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
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { StreamGap } from '../projections/index.js';
import { journalProjector } from './journal-projector.js';

const settled: TokenAccountEvent = {
  type: 'HoldSettled',
  data: {
    generationId: 'g1',
    captured: allocationsOf({ gift: 20n, paid: 5n }),
    released: allocationsOf({ paid: 5n }),
  },
};
const opened = [accountOpened, tokensPurchased('paid', 50n), tokensGranted('gift', 20n)] as const;
const TABLES = 'ledger.entries, ledger.balances, ledger.lots, ledger.token_accounts';

describe('the journal', () => {
  let database: ProjectionDatabase;
  let log: RecordedLog;
  const project = (events: readonly RecordedEvent[] = log.events, batchSize?: number) =>
    database.project(journalProjector, events, batchSize);
  const rows = (sql: string) => database.sql.query<Record<string, unknown>>(sql);
  const balances = async () => {
    const found = await rows('select account, tokens from ledger.balances order by account');
    return Object.fromEntries(found.map(({ account, tokens }) => [account, Number(tokens)]));
  };
  const everything = async () => [
    await rows('select * from ledger.entries order by position'),
    await rows('select * from ledger.balances order by tenant_id, account'),
    await rows('select * from ledger.lots order by tenant_id, lot_id'),
    await rows('select * from ledger.token_accounts order by tenant_id'),
  ];

  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    log = new RecordedLog();
    await database.sql.query(`truncate ${TABLES}`);
  });

  test('every fact is an entry, with what the tenant has after it', async () => {
    log.record('ten_1', ...opened, tokensHeld('g1', { gift: 20n, paid: 10n }), settled);
    await project();
    const found = await rows(
      `select revision, type, generation_id, accounts, lots, tokens, minor_units, currencies,
         available, held from ledger.entries order by position`,
    );
    expect(found.map((row) => Object.values(row))).toEqual([
      [0, 'AccountOpened', null, [], [], [], [], [], '0', '0'],
      [
        1,
        'TokensPurchased',
        null,
        ['cash-clearing', 'deferred-revenue:purchased:paid'],
        ['paid', 'paid'],
        ['50', '-50'],
        ['50', '-50'],
        ['USD', 'USD'],
        '50',
        '0',
      ],
      [
        2,
        'TokensGranted',
        null,
        ['promotional-issued', 'promotional:gift'],
        ['gift', 'gift'],
        ['20', '-20'],
        ['0', '0'],
        ['', ''],
        '70',
        '0',
      ],
      [
        3,
        'TokensHeld',
        'g1',
        ['promotional:gift', 'held:g1', 'deferred-revenue:purchased:paid', 'held:g1'],
        ['gift', 'gift', 'paid', 'paid'],
        ['20', '-20', '10', '-10'],
        ['0', '0', '10', '-10'],
        ['', '', 'USD', 'USD'],
        '40',
        '30',
      ],
      [
        4,
        'HoldSettled',
        'g1',
        [
          ...['held:g1', 'promotional-used'],
          ...['held:g1', 'revenue', 'deferred-revenue:purchased:paid'],
        ],
        ['gift', 'gift', 'paid', 'paid', 'paid'],
        ['20', '-20', '10', '-5', '-5'],
        ['0', '0', '10', '-5', '-5'],
        ['', '', 'USD', 'USD', 'USD'],
        '45',
        '0',
      ],
    ]);
  });

  test('both clocks of a fact are kept', async () => {
    const [event] = log.record('ten_1', accountOpened);
    const recordedAt = new Date('2026-02-01T00:00:00.000Z');
    await project([{ ...event!, recordedAt }]);
    expect(await rows('select happened_at, known_at from ledger.entries')).toEqual([
      { happened_at: new Date('2026-01-15T09:00:01.000Z'), known_at: recordedAt },
    ]);
  });

  test.each([1, 2, 3, 100])(
    'in batches of %i, a closed hold leaves no balance behind',
    async (n) => {
      log.record('ten_1', ...opened, tokensHeld('g1', { gift: 20n, paid: 10n }), settled);
      log.record('ten_1', tokensHeld('g2', { paid: 45n }));
      await project(log.events, n);
      expect(await balances()).toEqual({
        'cash-clearing': 50,
        'deferred-revenue:purchased:paid': 0,
        'held:g2': -45,
        'promotional-issued': 20,
        'promotional-used': -20,
        'promotional:gift': 0,
        revenue: -5,
      });
    },
  );

  test('a lot says where its tokens are and what was paid for it', async () => {
    log.record('ten_1', ...opened, tokensHeld('g1', { gift: 20n, paid: 10n }), settled);
    await project(log.events, 2);
    expect(await rows('select * from ledger.lots order by lot_id')).toEqual([
      {
        tenant_id: 'ten_1',
        lot_id: 'gift',
        kind: 'promotional',
        tokens: '20',
        available: '0',
        held: '0',
        captured: '20',
        refunded: '0',
        expired: '0',
        charged_back: '0',
        repaid: '0',
        paid_minor_units: null,
        currency: null,
        list_minor_units: null,
        discount_tier: null,
        provider: null,
        expires_at: null,
        source: 'welcome',
        received_at: new Date('2026-01-15T09:00:03.000Z'),
      },
      expect.objectContaining({
        lot_id: 'paid',
        kind: 'purchased',
        available: '45',
        captured: '5',
        paid_minor_units: '50',
        currency: 'USD',
        source: 'pay_paid',
      }),
    ]);
  });

  test('tenants with lots of one name keep their own books', async () => {
    log.record('ten_1', accountOpened, tokensPurchased('first', 50n));
    log.record('ten_2', accountOpened, tokensGranted('first', 7n));
    log.record('ten_2', tokensHeld('g2', { first: 7n }));
    await project(log.events, 2);
    expect(await rows('select tenant_id, lot_id, kind, held from ledger.lots order by 1')).toEqual([
      { tenant_id: 'ten_1', lot_id: 'first', kind: 'purchased', held: '0' },
      { tenant_id: 'ten_2', lot_id: 'first', kind: 'promotional', held: '7' },
    ]);
  });

  test('a lot says who took the payment and what it would have cost without its discount', async () => {
    const { data } = tokensPurchased('big', 1_000n);
    const discount = { tier: 'from 1,000', listMinorUnits: 1_100n };
    const purchase = { ...data, provider: 'manual', discount };
    log.record('ten_1', accountOpened, { type: 'TokensPurchased', data: purchase });
    await project();
    await project(log.record('ten_1', tokensHeld('g1', { big: 1n })));
    expect(
      await rows('select provider, discount_tier, list_minor_units, held from ledger.lots'),
    ).toEqual([
      { provider: 'manual', discount_tier: 'from 1,000', list_minor_units: '1100', held: '1' },
    ]);
  });

  test('a lot may have any name', async () => {
    const name = '{"a",b} \\ \'null\' NULL';
    log.record('ten_1', accountOpened, tokensGranted(name, 7n), tokensGranted('null', 1n));
    log.record('ten_1', tokensHeld('g1', { [name]: 3n, null: 1n }));
    await project(log.events, 3);
    expect(await balances()).toMatchObject({ [`promotional:${name}`]: -4, 'promotional:null': 0 });
    const [entry] = await rows(
      'select accounts from ledger.entries where generation_id is not null',
    );
    expect(entry).toEqual({
      accounts: [`promotional:${name}`, 'held:g1', 'promotional:null', 'held:g1'],
    });
  });

  test('an account says why it is frozen', async () => {
    const frozen = { type: 'AccountFrozen', data: { reason: 'under review' } } as const;
    log.record('ten_1', accountOpened, frozen);
    await project();
    expect(await rows('select frozen from ledger.token_accounts')).toEqual([
      { frozen: 'under review' },
    ]);
    log.record('ten_1', { type: 'AccountUnfrozen', data: { reason: 'reviewed' } });
    await project();
    expect(await rows('select frozen from ledger.token_accounts')).toEqual([{ frozen: null }]);
  });

  test('events that come a second time change nothing', async () => {
    log.record('ten_1', ...opened, tokensHeld('g1', { gift: 20n, paid: 10n }), settled);
    await project();
    const before = await everything();
    await project();
    await project(log.events.slice(2, 4));
    expect(await everything()).toEqual(before);
  });

  test('a missing event stops the batch and leaves nothing of it', async () => {
    log.record('ten_1', ...opened, tokensHeld('g1', { gift: 20n, paid: 10n }), settled);
    await project(log.events.slice(0, 3));
    const before = await everything();
    await expect(project(log.events.slice(4))).rejects.toThrow(StreamGap);
    expect(await everything()).toEqual(before);
  });

  test.each([
    ['misses zero tokens', "'{revenue,held:g1}', '{l,l}', '{10,-9}', '{0,0}', '{EUR,EUR}'"],
    ['misses zero money', "'{revenue,held:g1}', '{l,l}', '{10,-10}', '{3,-2}', '{EUR,EUR}'"],
    ['makes euros of dollars', "'{revenue,held:g1}', '{l,l}', '{10,-10}', '{3,-3}', '{EUR,USD}'"],
    [
      'misses zero in one of its currencies',
      "'{a,b,c,d}', '{l,l,l,l}', '{1,-1,1,-1}', '{3,-3,2,-2}', '{EUR,EUR,EUR,USD}'",
    ],
    ['has more accounts than amounts', "'{revenue,held:g1}', '{l,l}', '{}', '{}', '{}'"],
    [
      'names fewer lots than accounts',
      "'{revenue,held:g1}', '{l}', '{1,-1}', '{0,0}', '{EUR,EUR}'",
    ],
  ])('PostgreSQL itself refuses an entry that %s', async (_fault, postings) => {
    const insert = `insert into ledger.entries values (1, 'ten_1', 0, gen_random_uuid(),
      'TokensHeld', null, now(), now(), ${postings}, 0, 0, sha256(''))`;
    await expect(rows(insert)).rejects.toThrow(/check constraint/);
  });

  test('PostgreSQL itself refuses a lot whose portions do not make up what came in', async () => {
    log.record('ten_1', ...opened);
    await project();
    await expect(rows('update ledger.lots set available = available + 1')).rejects.toThrow(
      /check constraint/,
    );
  });
});
