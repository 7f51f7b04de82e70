import {
  AccountingPeriods,
  AuditFindings,
  DeciderRunner,
  noSeals,
  type ObservedPayment,
  type PaymentProvider,
  Reconciliation,
} from '@imprest/application';
import type { DomainEvent, PaymentObservation } from '@imprest/domain';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations, RequestPressure } from '@imprest/platform';
import {
  ClosingQueries,
  createDataSource,
  FindingQueries,
  PostgresCheckpointStore,
  projectors,
  ReconciliationQueries,
  runMigrations,
} from '@imprest/read-models';
import { InMemoryAssetStore, InMemorySnapshotStore } from '@imprest/testkit';
import {
  accountOpened,
  allocationsOf,
  exampleEvent,
  generationRequest,
  priceQuote,
  storedImage,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { RecordedLog } from '@imprest/testkit/projections';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NightlyAudit } from './nightly-audit.js';

const DAY = '2031-05-17';
/** Late enough that nothing waits for its counterpart any more. */
const clock = { now: () => new Date(Date.now() + 600_000) };
const image = (generation: string, index: number) =>
  storedImage(index, { assetId: `img_${generation}_${index}` });

let database: TestDatabase;
let store: PostgresEventStore;
let checkpoints: PostgresCheckpointStore;
let dataSource: DataSource;
let queries: FindingQueries;
let assets: InMemoryAssetStore;
let payments: ObservedPayment[];
let audit: NightlyAudit;

/** Two images of three were made: 20 tokens of 30 are charged. */
function done(log: RecordedLog, id: string): void {
  const price = priceQuote({ images: 3, perImage: 10n });
  const stored = [image(id, 0), image(id, 2)];
  const lots = allocationsOf({ paid: 20n });
  log.record(id, {
    type: 'GenerationRequested',
    data: generationRequest({ tenantId: 't1', price }),
  });
  log.record('t1', tokensHeld(id, { paid: 30n }));
  const queued: DomainEvent = { type: 'JobQueued', data: { tenantId: 't1', model: 'm', cost: 1 } };
  log.record(id, queued, { type: 'JobLeased', data: { workerId: 'w', fence: 1, attempt: 1 } });
  log.record(id, { type: 'JobSucceeded', data: { fence: 1, stored, lost: [1], usage: null } });
  log.record(id, ...stored.map((data): DomainEvent => ({ type: 'ImageStored', data })));
  log.record(id, {
    type: 'GenerationSucceeded',
    data: { images: 2, charged: 20n, refunded: 10n, lots },
  });
  const settled = { captured: lots, released: allocationsOf({ paid: 10n }) };
  log.record('t1', { type: 'HoldSettled', data: { generationId: id, ...settled } });
}

const provider = {
  name: 'stub',
  list: async function* () {
    yield* payments;
  },
} as unknown as PaymentProvider;

async function project(): Promise<void> {
  for (const { name, categories, project: into } of projectors) {
    const after = await checkpoints.load(name);
    const head = await store.head();
    for await (const page of store.readAll({ after, upTo: head, categories })) {
      const position = page.at(-1)?.position ?? after;
      await checkpoints.advance(name, position, (sql) => into(page, sql));
    }
    await checkpoints.advance(name, head, async () => {});
  }
}

async function open(): Promise<readonly string[]> {
  await project();
  const { items } = await queries.list({ limit: 100, state: 'open' });
  return items.map(({ check, subjects }) => `${check} ${subjects.map(({ id }) => id).join(' ')}`);
}

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  const connection = { connectionString: database.url };
  store = await PostgresEventStore.connect(connection);
  checkpoints = new PostgresCheckpointStore(connection);
  dataSource = await createDataSource({ url: database.url });
  queries = new FindingQueries(dataSource);
  const snapshots = new InMemorySnapshotStore();
  const runner = new DeciderRunner({ store, snapshots, clock });
  assets = new InMemoryAssetStore({ now: () => new Date(0) });
  const periods = new AccountingPeriods(
    ...([store, runner, new ClosingQueries(dataSource), noSeals, clock] as const),
  );
  const books = new ReconciliationQueries(dataSource);
  const providers = new Map([['stub', provider]]);
  const reconciliation = new Reconciliation(store, books, assets, providers, clock);
  audit = new NightlyAudit(
    ...([store, dataSource, runner, periods, reconciliation, queries] as const),
    ...([new AuditFindings(runner, clock), clock, pino({ level: 'silent' })] as const),
    new RequestPressure(),
  );
  const log = new RecordedLog();
  log.record('t1', accountOpened, tokensPurchased('paid', 1_000n));
  for (const id of ['g1', 'g2']) {
    done(log, id);
    for (const index of [0, 2]) await assets.put(image(id, index).assetId, new Uint8Array(8));
  }
  await log.appendTo(store);
  await project();
});
beforeEach(() => {
  payments = [];
});
afterAll(async () => {
  await dataSource.destroy();
  await checkpoints.close();
  await store.close();
  await database.drop();
});

test('an audit of sound books finds nothing, and says how much it has looked at', async () => {
  await audit.run(DAY);
  expect(await open()).toEqual([]);
  for await (const [event] of store.readStream(`auditRun-${DAY}`)) {
    expect(event?.data).toMatchObject({ day: DAY, generations: 2, payments: 0, findings: 0 });
  }
});

describe('what is wrong is on record until it is gone', () => {
  const change = (sql: string) => dataSource.query(sql);

  test('an image that the store lost, and one that belongs to nobody', async () => {
    await assets.delete('img_g1_0');
    await assets.put('img_of_nobody', new Uint8Array(8));
    await assets.put('thm_of_nobody', new Uint8Array(8));
    await assets.put('thm_g1_0', new Uint8Array(8));
    await audit.run(DAY);
    expect((await open()).toSorted()).toEqual([
      'imageMissing g1 t1 img_g1_0',
      'strayAsset img_of_nobody',
      'strayAsset thm_of_nobody',
    ]);
    await assets.put('img_g1_0', new Uint8Array(8));
    await assets.delete('img_of_nobody');
    await assets.delete('thm_of_nobody');
    await audit.run(DAY);
    expect(await open()).toEqual([]);
  });

  test('an image that is not on record', async () => {
    await change(
      "update read_models.assets set generation_id = 'elsewhere' where asset_id = 'img_g2_0'",
    );
    await audit.run(DAY);
    expect(await open()).toEqual(['imageNotOnRecord g2 t1 img_g2_0']);
    await change("update read_models.assets set generation_id = 'g2' where asset_id = 'img_g2_0'");
    await audit.run(DAY);
    expect(await open()).toEqual([]);
  });

  test('an entry that was changed: chains and match both see it', async () => {
    const set = (tokens: string) =>
      change(`update ledger.entries set tokens = '${tokens}'
        where type = 'HoldSettled' and generation_id = 'g1'`);
    const [before] = (await change(
      "select tokens::text from ledger.entries where type = 'HoldSettled' and generation_id = 'g1'",
    )) as { tokens: string }[];
    await set('{30,-21,-9}');
    await audit.run(DAY);
    expect((await open()).map((line) => line.split(' ')[0]).toSorted()).toEqual([
      'chargeAndLedgerDiffer',
      'ledgerVerification',
    ]);
    await set(before!.tokens);
    await audit.run(DAY);
    expect(await open()).toEqual([]);
  });

  test('a payment that no top-up takes', async () => {
    const observation: PaymentObservation = {
      ...{ checkoutId: 'chk_1', url: null, expiresAt: '2031-01-01T00:00:00.000Z' },
      ...{ status: 'settled', irregularity: null, refunds: [], disputes: [] },
      payment: { id: 'pay_1', received: { minorUnits: 500n, currency: 'EUR' } },
    };
    payments = [{ topUpId: null, observation }];
    await audit.run(DAY);
    expect(await open()).toEqual(['paymentWithoutTopUp chk_1 stub']);
    payments = [];
    await audit.run(DAY);
    expect(await open()).toEqual([]);
  });
});

test('a generation that nobody asked for is found, whoever speaks of it', async () => {
  const log = new RecordedLog();
  log.record('g9', exampleEvent('JobQueued'), exampleEvent('JobLeased'), {
    type: 'JobSucceeded',
    data: { fence: 1, stored: [], lost: [], usage: null },
  });
  const [queued] = log.events;
  await store.append([
    {
      stream: queued!.stream,
      expectedRevision: -1,
      events: log.events.map(({ eventId, ...event }, index) => ({
        ...event,
        eventId: `00000000-0000-7000-9000-00000000000${index}`,
      })),
    },
  ]);
  await audit.run(DAY);
  expect(await open()).toEqual(['workWithoutRequest g9']);
});
