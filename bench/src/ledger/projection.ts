import { accountClass } from '@imprest/domain';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import {
  createDataSource,
  journalProjector,
  LedgerBalanceRow,
  LedgerEntryRow,
  LedgerLotRow,
  LedgerTokenAccountRow,
  PostgresCheckpointStore,
  ProjectionRebuild,
} from '@imprest/read-models';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';

/** Every table of the books as the projector leaves it. @throws Error when the books are wrong */
async function verifyBooks(connectionString: string, events: number): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ entries: string; sum: string; lots: string }>(
      `select (select count(*) from ledger.entries) as entries,
              (select coalesce(sum(tokens), 0) from ledger.balances) as sum,
              (select coalesce(sum(available + held + captured - tokens), 0) from ledger.lots) as lots`,
    );
    const { entries, sum, lots } = rows[0] as (typeof rows)[0];
    if (Number(entries) !== events) throw new Error(`${events} events left ${entries} entries`);
    if (sum !== '0' || lots !== '0') throw new Error(`books miss zero by ${sum}, lots by ${lots}`);
  } finally {
    await client.end();
  }
}

async function emptyBooks(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(
    'truncate ledger.entries, ledger.balances, ledger.lots, ledger.token_accounts, read_models.checkpoints',
  );
  await client.end();
}

/**
 * Projects the first `events` events of the store as the live projector does, in its batches, each
 * with its checkpoint in a transaction. Answers events a second, reading them included.
 */
export async function projectJournal(connectionString: string, events: number): Promise<number> {
  await emptyBooks(connectionString);
  const store = await PostgresEventStore.connect({ connectionString });
  const checkpoints = new PostgresCheckpointStore({ connectionString });
  try {
    const { name, categories, batchSize: pageSize } = journalProjector;
    const upTo = BigInt(events);
    const startMs = performance.now();
    for await (const page of store.readAll({ after: 0n, upTo, categories, pageSize })) {
      const position = page.at(-1)?.position ?? upTo;
      await checkpoints.advance(name, position, (sql) => journalProjector.project(page, sql));
    }
    const seconds = (performance.now() - startMs) / 1000;
    await verifyBooks(connectionString, events);
    return events / seconds;
  } finally {
    await checkpoints.close();
    await store.close();
  }
}

/** Rebuilds the journal from all events of the store. Answers events a second, indexes and switch included. */
export async function rebuildWholeJournal(
  connectionString: string,
  events: number,
): Promise<number> {
  await emptyBooks(connectionString);
  const eventStore = await PostgresEventStore.connect({ connectionString });
  try {
    const startMs = performance.now();
    const rebuild = new ProjectionRebuild({
      projector: journalProjector,
      eventStore,
      connectionString,
    });
    await rebuild.build({ restart: true });
    await rebuild.switchOver();
    const seconds = (performance.now() - startMs) / 1000;
    await rebuild.dropOld();
    await verifyBooks(connectionString, events);
    return events / seconds;
  } finally {
    await eventStore.close();
  }
}

/** The rows that one event leaves behind, as a repository would be given them. */
interface RowsOfEvent {
  readonly entry: LedgerEntryRow;
  readonly account: LedgerTokenAccountRow;
  readonly lots: readonly LedgerLotRow[];
  readonly balances: readonly LedgerBalanceRow[];
  readonly closed: readonly LedgerBalanceRow[];
}

/**
 * Writes the same rows with TypeORM's save(), a transaction for each event, the checkpoint in it. To be
 * fair to it, the rows are worked out before the clock starts and commits do not wait for the disk either.
 * Answers events a second.
 */
export async function projectWithSave(connectionString: string, events: number): Promise<number> {
  const rows = await rowsToSave(connectionString, events);
  await emptyBooks(connectionString);
  const dataSource = await createDataSource({ url: connectionString, poolSize: 1 });
  try {
    await dataSource.query('set synchronous_commit = off');
    const startMs = performance.now();
    for (const row of rows) await saveOne(dataSource, row);
    const seconds = (performance.now() - startMs) / 1000;
    await verifyBooks(connectionString, events);
    return events / seconds;
  } finally {
    await dataSource.destroy();
  }
}

const CHECKPOINT = `insert into read_models.checkpoints (consumer, position) values ('saved', $1)
  on conflict (consumer) do update set position = excluded.position`;

async function saveOne(dataSource: DataSource, rows: RowsOfEvent): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await manager.save(LedgerEntryRow, rows.entry);
    await manager.save(LedgerTokenAccountRow, rows.account);
    await manager.save(LedgerLotRow, [...rows.lots]);
    await manager.save(LedgerBalanceRow, [...rows.balances]);
    if (rows.closed.length > 0) await manager.remove(LedgerBalanceRow, [...rows.closed]);
    await manager.query(CHECKPOINT, [rows.entry.position]);
  });
}

/** Takes the rows from the books that the projector makes of the same events, one event at a time. */
async function rowsToSave(connectionString: string, events: number): Promise<RowsOfEvent[]> {
  await projectJournal(connectionString, events);
  const dataSource = await createDataSource({ url: connectionString });
  try {
    const entries = await dataSource
      .getRepository(LedgerEntryRow)
      .find({ order: { position: 'ASC' } });
    const lots = await dataSource.getRepository(LedgerLotRow).find();
    return rowsByEvent(entries, lots);
  } finally {
    await dataSource.destroy();
  }
}

function rowsByEvent(entries: readonly LedgerEntryRow[], lots: readonly LedgerLotRow[]) {
  const balances = new Map<string, LedgerBalanceRow>();
  const lotOf = new Map(lots.map((lot) => [lot.tenantId, lot]));
  const make = <Row extends object>(type: new () => Row, values: Row) =>
    Object.assign(new type(), values);
  return entries.map((entry): RowsOfEvent => {
    const { tenantId, revision, available, held, accounts, leaf } = entry;
    const touched = new Map<string, LedgerBalanceRow>();
    for (const [line, account] of accounts.entries()) {
      const currency = entry.currencies[line] as string;
      const key = `${tenantId} ${currency} ${account}`;
      const known = balances.get(key) ?? { tokens: 0n, minorUnits: 0n };
      const tokens = known.tokens + (entry.tokens[line] as bigint);
      const minorUnits = known.minorUnits + (entry.minorUnits[line] as bigint);
      const balance = { tenantId, account, currency, tokens, minorUnits };
      balances.set(key, balance);
      touched.set(key, make(LedgerBalanceRow, balance));
    }
    const changed = [...touched.values()];
    const isClosed = ({ account, tokens: left }: LedgerBalanceRow) =>
      left === 0n && accountClass(account) === 'held';
    const lot = lotOf.get(tenantId);
    return {
      entry,
      account: make(LedgerTokenAccountRow, {
        ...{ tenantId, revision, available, held, frozen: null, head: leaf },
      }),
      lots: lot === undefined ? [] : [make(LedgerLotRow, portionsAfter(lot, available, held))],
      balances: changed.filter((balance) => !isClosed(balance)),
      closed: changed.filter(isClosed),
    };
  });
}

/** Every account of the history has a single lot: whatever is neither available nor held was captured. */
function portionsAfter(lot: LedgerLotRow, available: bigint, held: bigint): LedgerLotRow {
  return { ...lot, available, held, captured: lot.tokens - available - held };
}
