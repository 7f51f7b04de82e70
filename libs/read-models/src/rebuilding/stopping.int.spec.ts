import { accountOpened, tokensPurchased } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PostgresCheckpointStore } from '../consuming/postgres-checkpoint-store.js';
import { journalProjector } from '../ledger/journal-projector.js';
import { migrations } from '../migrations/index.js';
import { ProjectionRebuild } from './index.js';

const COMPARING = `
  select wait_event_type as waits from pg_stat_activity
  where datname = current_database() and application_name = 'imprest comparison'
    and state = 'active' and query like '%difference%'`;

describe('a step that is asked to stop', () => {
  let database: ProjectionDatabase;
  let rebuild: ProjectionRebuild;
  let inTheWay: Client;

  beforeEach(async () => {
    database = await createProjectionDatabase(migrations);
    const log = new RecordedLog();
    log.record('ten_1', accountOpened, tokensPurchased('paid', 50n));
    const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
    await checkpoints.advance('journal', await log.head(), (sql) =>
      journalProjector.project(log.events, sql),
    );
    await checkpoints.close();
    const connectionString = database.url;
    rebuild = new ProjectionRebuild({
      projector: journalProjector,
      eventStore: log,
      connectionString,
    });
    await rebuild.build();
    inTheWay = new Client({ connectionString });
    await inTheWay.connect();
    await inTheWay.query('begin');
  });
  afterEach(async () => {
    await inTheWay.end();
    await database.drop();
  });

  test('a comparison ends in the middle of a statement, here and in the server', async () => {
    await inTheWay.query('lock table ledger.entries in access exclusive mode');
    const stop = new AbortController();
    const comparison = rebuild.compare({ signal: stop.signal });
    const ended = expect(comparison).rejects.toThrow('the process stops');
    const comparing = () => database.sql.query<{ waits: string }>(COMPARING);
    await vi.waitUntil(async () => (await comparing())[0]?.waits === 'Lock', { timeout: 20_000 });

    stop.abort(new Error('the process stops'));

    await ended;
    await vi.waitUntil(async () => (await comparing()).length === 0, { timeout: 20_000 });
    await inTheWay.query('rollback');
    expect(await rebuild.compare()).toMatchObject({ samePosition: true });
  });

  test('a switch gives up waiting for readers, and the live tables stay as they are', async () => {
    await inTheWay.query('select 1 from ledger.entries');
    const oids = () =>
      database.sql.query("select oid from pg_class where oid = 'ledger.entries'::regclass");
    const before = await oids();
    const stop = new AbortController();
    const ended = expect(rebuild.switchOver({ signal: stop.signal })).rejects.toThrow();
    setTimeout(() => stop.abort(), 300);

    await ended;

    expect(await oids()).toEqual(before);
    await inTheWay.query('rollback');
    await rebuild.switchOver();
    expect(await oids()).not.toEqual(before);
    await expect(rebuild.rollBack({ signal: stop.signal })).rejects.toThrow();
    await rebuild.rollBack();
    expect(await oids()).toEqual(before);
  });
});
