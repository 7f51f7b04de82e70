import { AuditFindings, DeciderRunner, systemClock } from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations, HealthNotes, Metrics } from '@imprest/platform';
import {
  createDataSource,
  FindingQueries,
  findingsProjector,
  journalProjector,
  PostgresCheckpointStore,
  runMigrations,
  type TableProjector,
} from '@imprest/read-models';
import { InMemorySnapshotStore } from '@imprest/testkit';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { WorkedMonth } from '@imprest/testkit/worked-month';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InvariantMonitor } from './invariant-monitor.js';

const SOON_MS = 5_000;

let database: TestDatabase;
let store: PostgresEventStore;
let checkpoints: PostgresCheckpointStore;
let dataSource: DataSource;
let queries: FindingQueries;
let monitor: InvariantMonitor;
const metrics = new Metrics();
const health = new HealthNotes();
const said: Record<string, unknown>[] = [];

async function project(projector: TableProjector): Promise<void> {
  const { name, categories } = projector;
  const after = await checkpoints.load(name);
  const head = await store.head();
  for await (const page of store.readAll({ after, upTo: head, categories })) {
    const position = page.at(-1)?.position ?? after;
    await checkpoints.advance(name, position, (sql) => projector.project(page, sql));
  }
  await checkpoints.advance(name, head, async () => {});
}

/** What a log line, a metric, an event and the health have to say of one invariant. */
async function tellTales(invariant: string) {
  await project(findingsProjector);
  const { items } = await queries.list({ limit: 100, state: 'open', check: invariant });
  const { values } = await metrics.invariants.get();
  return {
    metric: values.find(({ labels }) => labels.invariant === invariant)?.value ?? 0,
    lines: said.filter((line) => line.invariant === invariant),
    findings: items,
    health: health.all,
  };
}

async function until(
  invariant: string,
  met: (tales: Awaited<ReturnType<typeof tellTales>>) => boolean,
) {
  const startMs = performance.now();
  for (;;) {
    const tales = await tellTales(invariant);
    if (met(tales)) return tales;
    if (performance.now() - startMs > SOON_MS) return tales;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  const connection = { connectionString: database.url };
  store = await PostgresEventStore.connect(connection);
  checkpoints = new PostgresCheckpointStore(connection);
  dataSource = await createDataSource({ url: database.url });
  queries = new FindingQueries(dataSource);
  const runner = new DeciderRunner({
    ...{ store, snapshots: new InMemorySnapshotStore(), clock: systemClock },
  });
  const findings = new AuditFindings(runner, systemClock);
  const logger = pino({ level: 'info' }, { write: (line) => said.push(JSON.parse(line)) });
  monitor = new InvariantMonitor(
    ...([dataSource, store, queries, findings, metrics, health, systemClock, logger] as const),
  );
  const month = new WorkedMonth(store);
  await month.january();
  await month.february();
  await project(journalProjector);
  monitor.start();
});
afterAll(async () => {
  await monitor.stop();
  await dataSource.destroy();
  await checkpoints.close();
  await store.close();
  await database.drop();
});

describe('whoever changes the books behind their back is found within 5 s', () => {
  const change = (sql: string) => dataSource.query(sql);

  test.each([
    [
      'sumOfBalances',
      "update ledger.balances set tokens = tokens + 7 where tenant_id = 'harbour' and account = 'revenue'",
      "update ledger.balances set tokens = tokens - 7 where tenant_id = 'harbour' and account = 'revenue'",
      'harbour',
    ],
    [
      'lotsAgainstBalances',
      "update ledger.lots set captured = captured + 1, available = available - 1 where lot_id = 'lot_january'",
      "update ledger.lots set captured = captured - 1, available = available + 1 where lot_id = 'lot_january'",
      'harbour',
    ],
    [
      'accountsAgainstLots',
      "update ledger.token_accounts set available = available + 1 where tenant_id = 'orchard'",
      "update ledger.token_accounts set available = available - 1 where tenant_id = 'orchard'",
      'orchard',
    ],
    [
      'entriesAgainstEvents',
      "update ledger.entries set type = 'HoldReleased' where generation_id = 'req_pier' and type = 'HoldSettled'",
      "update ledger.entries set type = 'HoldSettled' where generation_id = 'req_pier' and type = 'HoldReleased'",
      'harbour',
    ],
  ])(
    '%s',
    async (invariant, tampering, repair, tenant) => {
      const before = await tellTales(invariant);
      expect(before).toMatchObject({ metric: 0, findings: [], health: {} });
      await change(tampering);

      const found = await until(
        invariant,
        ({ metric, findings }) => metric > 0 && findings.length > 0,
      );

      expect(found.metric).toBeGreaterThan(0);
      expect(found.findings[0]).toMatchObject({ check: invariant, source: 'invariant' });
      const [finding] = found.findings;
      expect(finding?.subjects).toContainEqual({ kind: 'tenant', id: tenant });
      const line = found.lines.find((each) => each.finding === finding?.id);
      const said = { level: 50, msg: 'an invariant is broken', subjects: finding?.subjects };
      expect(line).toMatchObject(said);
      expect(found.health).toMatchObject({ ledger: { broken: { [invariant]: found.metric } } });

      await change(repair);
      const after = await until(
        invariant,
        ({ metric, findings }) => metric === 0 && findings.length === 0,
      );
      expect(after).toMatchObject({ metric: 0, findings: [], health: {} });
      const { items } = await queries.list({ limit: 100, state: 'resolved', check: invariant });
      const resolved = items.map(({ id }) => id);
      expect(resolved).toEqual(expect.arrayContaining(found.findings.map(({ id }) => id)));
    },
    30_000,
  );
});

test('books that cannot be looked at are not said to be sound', async () => {
  await dataSource.query('alter table ledger.balances rename to balances_away');
  const gone = await until('sumOfBalances', ({ health: { ledger } }) => ledger !== undefined);
  await dataSource.query('alter table ledger.balances_away rename to balances');
  expect(gone.health).toEqual({ ledger: { unchecked: expect.stringContaining('balances') } });
  expect(
    (await until('sumOfBalances', ({ health: { ledger } }) => ledger === undefined)).health,
  ).toEqual({});
}, 30_000);
