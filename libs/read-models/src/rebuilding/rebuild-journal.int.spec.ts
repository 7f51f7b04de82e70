import { accountOpened, exampleEvent, tokensHeld, tokensPurchased } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CheckpointMoved,
  PostgresCheckpointStore,
} from '../consuming/postgres-checkpoint-store.js';
import { journalProjector } from '../ledger/journal-projector.js';
import { migrations } from '../migrations/index.js';
import { StreamGap } from '../projections/index.js';
import { type RebuildProgress, RebuildUnderWay, rebuildJournal } from './index.js';

const DEFINITIONS = `
  select c.relname as name, coalesce(array_to_string(c.reloptions, ','), '') as options,
    (select json_agg(pg_get_indexdef(i.indexrelid) order by i.indexrelid::regclass::text)
       from pg_index i where i.indrelid = c.oid) as indexes,
    (select json_agg(conname || ' ' || pg_get_constraintdef(con.oid) order by conname)
       from pg_constraint con where con.conrelid = c.oid) as constraints
  from pg_class c where c.relnamespace = 'ledger'::regnamespace and c.relkind = 'r' order by 1`;

describe('rebuilding the journal', () => {
  let database: ProjectionDatabase;
  let checkpoints: PostgresCheckpointStore;
  let log: RecordedLog;
  const advance = (events = log.events) =>
    checkpoints.advance('journal', events.at(-1)!.position, (sql) =>
      journalProjector.project(events, sql),
    );
  const rebuild = (onProgress?: (progress: RebuildProgress) => void) =>
    rebuildJournal({ eventStore: log, connectionString: database.url, onProgress });
  const rows = <Row>(sql: string) => database.sql.query<Row>(sql);
  const everything = async () => [
    await rows('select * from ledger.entries order by position'),
    await rows('select * from ledger.balances order by tenant_id, account'),
    await rows('select * from ledger.lots order by tenant_id, lot_id'),
    await rows('select * from ledger.token_accounts order by tenant_id'),
  ];

  beforeEach(async () => {
    database = await createProjectionDatabase(migrations);
    checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
    log = new RecordedLog();
    log.record('ten_1', accountOpened, tokensPurchased('paid', 50n));
    log.record('g1', exampleEvent('GenerationRequested'));
    log.record('ten_1', tokensHeld('g1', { paid: 10n }));
  });
  afterEach(async () => {
    await checkpoints.close();
    await database.drop();
  });

  test('damaged books become what the events say, with the checkpoint they stand for', async () => {
    await advance(log.events.filter(({ stream }) => stream === 'tokenAccount-ten_1'));
    const right = await everything();
    await rows("update ledger.balances set tokens = 7 where account = 'cash-clearing'");
    await rows('delete from ledger.entries where revision = 1');
    const result = await rebuild();
    expect(await everything()).toEqual(right);
    expect(result).toMatchObject({ events: 3, position: 4n });
    const other = new PostgresCheckpointStore({ connectionString: database.url });
    expect(await other.load('journal')).toBe(4n);
    await other.close();
  });

  test('the new tables are defined as the old ones were, and nothing else is left', async () => {
    const before = await rows(DEFINITIONS);
    await rebuild();
    await rebuild();
    expect(await rows(DEFINITIONS)).toEqual(before);
    expect(before).toHaveLength(4);
    expect(await rows("select from pg_namespace where nspname = 'ledger_rebuild'")).toEqual([]);
  });

  test('a live projector is refused once and goes on from the new checkpoint', async () => {
    await checkpoints.load('journal');
    await rebuild();
    const later = log.record('ten_1', tokensHeld('g2', { paid: 1n }));
    const batch = log.events.filter(({ stream }) => stream === 'tokenAccount-ten_1');
    await expect(advance(batch)).rejects.toThrow(CheckpointMoved);
    await checkpoints.load('journal');
    await advance([...later]);
    expect(await rows('select available, held from ledger.token_accounts')).toEqual([
      { available: '39', held: '11' },
    ]);
  });

  test('events that come in while it reads are in the books or after the checkpoint', async () => {
    let added = 0;
    const { position } = await rebuild(() => {
      if (added < 3) log.record('ten_1', tokensHeld(`late_${added++}`, { paid: 1n }));
    });
    const booked = log.events.filter((event) => event.position <= position);
    const accounts = booked.filter(({ stream }) => stream === 'tokenAccount-ten_1');
    expect(added).toBeGreaterThan(0);
    expect(position).toBeGreaterThan(4n);
    expect(await rows('select count(*)::int as count from ledger.entries')).toEqual([
      { count: accounts.length },
    ]);
  });

  test('it tells how far it is', async () => {
    const told: RebuildProgress[] = [];
    await rebuild((progress) => told.push(progress));
    expect(told.at(-1)).toMatchObject({ events: 3, position: 4n, head: 4n, etaSeconds: 0 });
  });

  test('an empty store makes empty books', async () => {
    log = new RecordedLog();
    expect(await rebuild()).toMatchObject({ events: 0, position: 0n });
    expect(await everything()).toEqual([[], [], [], []]);
  });

  test('a history with a gap changes nothing', async () => {
    await advance(log.events.filter(({ stream }) => stream === 'tokenAccount-ten_1'));
    const before = await everything();
    log.events.splice(1, 1);
    await expect(rebuild()).rejects.toThrow(StreamGap);
    expect(await everything()).toEqual(before);
    log = new RecordedLog();
    log.record('ten_1', accountOpened);
    expect(await rebuild()).toMatchObject({ events: 1 });
  });

  test('it waits for a reader that holds the books for a while', async () => {
    const reader = new Client({ connectionString: database.url });
    await reader.connect();
    await reader.query('begin; select count(*) from ledger.entries');
    const rebuilt = rebuild();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await reader.query('commit');
    await reader.end();
    expect(await rebuilt).toMatchObject({ events: 3 });
  });

  test('of two at once one is refused', async () => {
    const results = await Promise.allSettled([rebuild(), rebuild()]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).toBeInstanceOf(RebuildUnderWay);
  });
});
