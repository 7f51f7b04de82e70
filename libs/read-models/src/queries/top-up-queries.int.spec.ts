import type { TopUpEvent } from '@imprest/domain';
import { checkoutOpened, eur, topUpRequested } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import { topUpsProjector } from '../projections/top-ups.js';
import { TopUpQueries } from './top-up-queries.js';

const of = (tenantId: string, provider = 'btcpay'): TopUpEvent => {
  const { data } = topUpRequested(provider);
  return { type: 'TopUpRequested', data: { ...data, tenantId } };
};
const payment = { paymentId: 'inv_1', received: eur(1_000n) };
const confirmed: TopUpEvent = { type: 'PaymentConfirmed', data: payment };
const credited: TopUpEvent = { type: 'TokensCredited', data: { lotId: 'lot_1', tokens: 1_000n } };
const late: TopUpEvent = { type: 'PutUnderReview', data: { cause: 'late', ...payment } };
const disputed: TopUpEvent = {
  type: 'PaymentDisputed',
  data: { disputeId: 'dp_1', amount: eur(1_000n), tokens: 1_000n, reason: 'fraudulent' },
};

let database: ProjectionDatabase;
let dataSource: DataSource;
let queries: TopUpQueries;
const log = new RecordedLog();

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  dataSource = await createDataSource({ url: database.url });
  queries = new TopUpQueries(dataSource);
  log.record('top_paid', of('ten_1'), checkoutOpened, confirmed, credited);
  log.record('top_open', of('ten_1'), checkoutOpened);
  log.record('top_late', of('ten_2'), checkoutOpened, late);
  log.record('top_transfer', of('ten_2', 'manual'));
  log.record('top_disputed', of('ten_2'), checkoutOpened, confirmed, credited, disputed);
  log.record('top_requested', of('ten_2', 'stripe'));
  await database.project(topUpsProjector, log.events, 3);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const ids = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);

describe('top-ups', () => {
  test('are listed by tenant, status, provider and time, the newest first, page by page', async () => {
    const list = async (filter: object) =>
      ids((await queries.list({ limit: 10, ...filter })).items);
    expect(await list({})).toEqual([
      ...['top_requested', 'top_disputed', 'top_transfer', 'top_late', 'top_open', 'top_paid'],
    ]);
    expect(await list({ tenantId: 'ten_1' })).toEqual(['top_open', 'top_paid']);
    expect(await list({ status: 'credited' })).toEqual(['top_paid']);
    expect(await list({ provider: 'manual' })).toEqual(['top_transfer']);
    expect(await list({ from: new Date('2027-01-01') })).toEqual([]);
    const first = await queries.list({ tenantId: 'ten_1', limit: 1 });
    const cursor = first.nextCursor ?? '';
    const second = await queries.list({ tenantId: 'ten_1', limit: 1, cursor });
    expect([ids(first.items), ids(second.items), second.nextCursor]).toEqual([
      ...[['top_open'], ['top_paid'], null],
    ]);
  });

  test('come back with amounts as they were', async () => {
    const { items } = await queries.list({ status: 'credited', limit: 1 });
    expect(items[0]).toMatchObject({
      id: 'top_paid',
      state: {
        status: 'credited',
        lotId: 'lot_1',
        credit: { tokens: 1_000n, paid: eur(1_000n) },
        terms: { tokens: 1_000n, price: eur(1_000n) },
      },
    });
    expect(items[0]?.creditedAt).not.toBeNull();
  });

  test('under review wait in a queue, the oldest first', async () => {
    expect(ids((await queries.underReview({ limit: 10 })).items)).toEqual(['top_late']);
  });

  test('that wait for money are watched, those paid by hand once their time is over', async () => {
    const now = new Date('2026-01-15T09:30:00.000Z');
    expect(ids(await all(queries.waiting(now)))).toEqual(['top_open', 'top_requested']);
    expect(ids(await all(queries.waiting(new Date('2026-01-15T10:00:00.000Z'))))).toEqual([
      ...['top_open', 'top_transfer', 'top_requested'],
    ]);
    expect(await all(queries.disputed())).toEqual([
      { id: 'top_disputed', provider: 'btcpay', checkoutId: 'inv_1' },
    ]);
    expect(await queries.countWaiting('ten_2')).toBe(2);
  });

  test('are watched to the last, however many there are', async () => {
    const many = Array.from({ length: 450 }, (_, n) => `top_${String(n).padStart(3, '0')}`);
    const more = new RecordedLog();
    for (const id of many) more.record(id, of('ten_3'));
    await database.project(topUpsProjector, more.events);
    const watched = ids(await all(queries.waiting(new Date(0))));
    expect(watched.filter((id) => many.includes(id)).sort()).toEqual(many);
    await dataSource.query("delete from read_models.top_ups where tenant_id = 'ten_3'");
  });

  test('that are projected again stay as they are', async () => {
    const before = await queries.list({ limit: 10 });
    await database.project(topUpsProjector, log.events, 2);
    expect(await queries.list({ limit: 10 })).toEqual(before);
  });
});
