import type { Pace } from '@imprest/application';
import { accountOpened, exampleEvent, tokensHeld, tokensPurchased } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PostgresCheckpointStore } from '../consuming/postgres-checkpoint-store.js';
import { PostgresParkedStreams } from '../consuming/postgres-parked-streams.js';
import { journalProjector } from '../ledger/journal-projector.js';
import { migrations } from '../migrations/index.js';
import { generationsProjector } from '../projections/index.js';
import { projectors } from '../projectors.js';
import {
  EventNotProjected,
  ProjectionRebuild,
  type RebuildProgress,
  RebuildUnderWay,
  readStandbys,
  StandbyOutdated,
} from './index.js';

const DEFINITIONS = `
  select c.relname as name, coalesce(array_to_string(c.reloptions, ','), '') as options,
    (select json_agg(pg_get_indexdef(i.indexrelid) order by i.indexrelid::regclass::text)
       from pg_index i where i.indrelid = c.oid) as indexes,
    (select json_agg(conname || ' ' || pg_get_constraintdef(con.oid) order by conname)
       from pg_constraint con where con.conrelid = c.oid) as constraints,
    c.relacl::text as grants
  from pg_class c
  where c.relnamespace in ('ledger'::regnamespace, 'read_models'::regnamespace) and c.relkind = 'r'
  order by 1`;

describe('rebuilding', () => {
  let database: ProjectionDatabase;
  let log: RecordedLog;
  const rows = <Row>(sql: string) => database.sql.query<Row>(sql);
  const rebuildOf = (projector = journalProjector) =>
    new ProjectionRebuild({ projector, eventStore: log, connectionString: database.url });
  const balances = () => rows('select * from ledger.balances order by 1, 2, 3');

  beforeEach(async () => {
    database = await createProjectionDatabase(migrations);
    log = new RecordedLog();
    log.record('ten_1', accountOpened, tokensPurchased('paid', 50n));
    log.record('g1', exampleEvent('GenerationRequested'));
    log.record('ten_1', tokensHeld('g1', { paid: 10n }));
  });
  afterEach(() => database.drop());

  test('a build that cannot begin lets go of the tables', async () => {
    await rows('create schema standby_journal');
    await rows('create table standby_journal.progress ()');
    await expect(rebuildOf().begin()).rejects.toThrow('column "phase" does not exist');

    await rows('drop schema standby_journal cascade');
    const begun = await rebuildOf().begin();
    await begun.close();
  });

  test('tables put in place are defined as the old ones were, grants included', async () => {
    await rows('grant select on ledger.entries to public');
    const before = await rows(DEFINITIONS);
    for (const projector of projectors) {
      const rebuild = rebuildOf(projector);
      await rebuild.build();
      await rebuild.switchOver();
      expect(await rows(DEFINITIONS)).toEqual(before);
      await rebuild.dropOld();
    }
    const schemas = await rows("select nspname from pg_namespace where nspname like 'standby%'");
    expect(schemas).toEqual([]);
  });

  test('a build takes its turns, page by page, also for what came since', async () => {
    let turns = 0;
    const pace: Pace = {
      turn: (work) => {
        turns += 1;
        return work();
      },
    };
    await rebuildOf().build({ pace });
    expect(turns).toBeGreaterThan(0);

    turns = 0;
    log.record('ten_1', tokensHeld('g2', { paid: 1n }));
    await rebuildOf().build({ pace });
    expect(turns).toBe(1);
  });

  test('a build that was stopped goes on where it stopped', async () => {
    for (let count = 0; count < 300; count += 1) {
      log.record('ten_1', tokensHeld(`h${count}`, { paid: 0n }));
      log.record(`r${count}`, exampleEvent('GenerationRequested'));
    }
    for (const projector of [journalProjector, generationsProjector]) {
      const rebuild = rebuildOf(projector);
      const stop = new AbortController();
      const stopping = {
        head: () => log.head(),
        async *readAll(options: Parameters<typeof log.readAll>[0]) {
          for await (const page of log.readAll({ ...options, pageSize: 100 })) {
            yield page;
            stop.abort();
          }
        },
      };
      const first = new ProjectionRebuild({
        ...{ projector, eventStore: stopping, connectionString: database.url },
      });

      const stopped = await first.build({ signal: stop.signal });
      expect(stopped).toMatchObject({ finished: false, events: 200 });
      const standby = (await readStandbys(database.url, projectors)).get(projector.name);
      expect(standby).toMatchObject({ phase: 'filling', events: 200, position: stopped.position });

      const resumed = await rebuild.build();
      expect(resumed).toMatchObject({ finished: true, resumedAt: stopped.position });
      const wanted = log.events.filter(({ stream }) =>
        projector.categories.some((category) => stream.startsWith(`${category}-`)),
      );
      expect(stopped.events + resumed.events).toBe(wanted.length);

      await rebuild.switchOver();
      await rebuild.dropOld();
      const switched = await rows(
        `select * from ${projector.tables[0]?.name} as r order by r::text`,
      );
      expect(await rebuild.build()).toMatchObject({ events: wanted.length });
      await rebuild.switchOver();
      expect(
        await rows(`select * from ${projector.tables[0]?.name} as r order by r::text`),
      ).toEqual(switched);
    }
  });

  test('a migration between two halves of a build asks for a fresh one', async () => {
    const rebuild = rebuildOf(generationsProjector);
    await rebuild.build();
    await rows('alter table read_models.generations add column note text');
    await expect(rebuild.build()).rejects.toThrow(StandbyOutdated);
    expect(await rebuild.build({ restart: true })).toMatchObject({ resumedAt: undefined });
  });

  test('it tells how far it is, and what it does', async () => {
    const told: RebuildProgress[] = [];
    await rebuildOf().build({ onProgress: (progress) => told.push(progress) });
    expect(told.map(({ step }) => step)).toContain('indexing');
    expect(told.at(-1)).toMatchObject({ events: 3, position: 4n, head: 4n, etaSeconds: 0 });
  });

  test('an empty store makes empty books', async () => {
    log = new RecordedLog();
    expect(await rebuildOf().build()).toMatchObject({ events: 0, position: 0n, finished: true });
    await rebuildOf().switchOver();
    expect(await balances()).toEqual([]);
  });

  test('an event that cannot be projected is named, and nothing that is live changes', async () => {
    const accounts = log.events.filter(({ stream }) => stream !== 'generation-g1');
    await database.project(journalProjector, accounts);
    const before = await balances();
    log.events.splice(1, 1);
    log.record('g1', exampleEvent('GenerationStarted'));
    log.events.splice(-1, 1, { ...log.events.at(-1)!, revision: 7 });
    const gaps = [
      [
        journalProjector,
        'journal fails at tokenAccount-ten_1@2 (TokensHeld, position 4): StreamGap',
      ],
      [
        generationsProjector,
        'generations fails at generation-g1@7 (GenerationStarted, position 4)',
      ],
    ] as const;

    for (const [projector, message] of gaps) {
      const failed = rebuildOf(projector).build();
      await expect(failed).rejects.toThrow(EventNotProjected);
      await expect(failed).rejects.toThrow(message);
    }
    expect(await balances()).toEqual(before);
  });

  test('the switch waits for a reader that holds the tables for a while', async () => {
    const rebuild = rebuildOf();
    await rebuild.build();
    const reader = new Client({ connectionString: database.url });
    await reader.connect();
    await reader.query('begin; select count(*) from ledger.balances');
    const switched = rebuild.switchOver();
    await new Promise((resolve) => setTimeout(resolve, 400));
    await reader.query('commit');
    await reader.end();
    expect((await switched).attempts).toBeGreaterThan(1);
    expect(await balances()).not.toEqual([]);
  });

  test('of two at once one is refused', async () => {
    const results = await Promise.allSettled([rebuildOf().build(), rebuildOf().build()]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).toBeInstanceOf(RebuildUnderWay);
  });

  test('rows that differ are named with their columns, as many as asked for', async () => {
    const accounts = log.events.filter(({ stream }) => stream === 'tokenAccount-ten_1');
    await database.project(journalProjector, accounts);
    await rows("insert into read_models.checkpoints values ('journal', 4)");
    await rows("update ledger.balances set tokens = 7 where account = 'cash-clearing'");
    await rows(
      "insert into ledger.balances select 'ten_x', 'a' || n, '', 0, 0 from generate_series(1, 9) as n",
    );
    await rows('delete from ledger.entries where revision = 1');
    await rebuildOf().build();

    const { tables, samePosition } = await rebuildOf().compare({ samples: 2 });

    const named = Object.fromEntries(tables.map((table) => [table.table, table]));
    expect(samePosition).toBe(true);
    expect(named['ledger.balances']?.counts).toEqual({ onlyLive: 9, onlyStandby: 0, differs: 1 });
    expect(named['ledger.balances']?.samples).toEqual([
      {
        kind: 'differs',
        key: expect.objectContaining({ tenant_id: 'ten_1', account: 'cash-clearing' }),
        columns: ['tokens'],
      },
      { kind: 'onlyLive', key: expect.objectContaining({ account: 'a1' }), columns: [] },
      { kind: 'onlyLive', key: expect.objectContaining({ account: 'a2' }), columns: [] },
    ]);
    expect(named['ledger.entries']?.samples).toMatchObject([
      { kind: 'onlyStandby', key: { position: '2' } },
    ]);
  });

  test('events that are none of its business set no projector back', async () => {
    const accounts = log.events.filter(({ stream }) => stream === 'tokenAccount-ten_1');
    await database.project(journalProjector, accounts);
    await rows("insert into read_models.checkpoints values ('journal', 4)");
    log.record('g2', exampleEvent('GenerationRequested'));
    await rebuildOf().build();
    expect(await rebuildOf().compare({ waitMs: 0 })).toMatchObject({
      samePosition: true,
      livePosition: 4n,
      standbyPosition: 5n,
    });
  });

  test('a live projector that does not come along is told from one that differs', async () => {
    await rows("insert into read_models.checkpoints values ('journal', 1)");
    await database.project(journalProjector, log.events.slice(0, 1));
    await rebuildOf().build();
    const comparison = await rebuildOf().compare({ waitMs: 100 });
    expect(comparison).toMatchObject({
      samePosition: false,
      livePosition: 1n,
      standbyPosition: 4n,
    });
  });

  describe('of a consumer that stands by revision, as a bus without one order has it', () => {
    let checkpoints: PostgresCheckpointStore;
    const events = (stream: string) => log.events.filter((event) => event.stream === stream);
    /** Stream by stream, the last one first. */
    const accept = async (...streams: readonly string[]) => {
      for (const stream of streams) {
        await checkpoints.accept('journal', async (sql) => {
          await journalProjector.project(events(stream), sql);
          const { revision, position } = events(stream).at(-1)!;
          return { processed: [{ stream, revision, position }] };
        });
      }
    };
    const inbox = () => rows('select * from read_models.inbox');

    beforeEach(async () => {
      checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
      log = new RecordedLog();
      for (const tenant of ['ten_1', 'ten_2', 'ten_3']) {
        log.record(tenant, accountOpened, tokensPurchased('paid', 50n));
      }
    });
    afterEach(() => checkpoints.close());

    test('it goes on from one position, and what it had left out is in both sides', async () => {
      await accept('tokenAccount-ten_3', 'tokenAccount-ten_1');
      await rebuildOf().build();
      expect(await rebuildOf().compare({ waitMs: 0 })).toMatchObject({ samePosition: false });
      await accept('tokenAccount-ten_2');
      expect(await rebuildOf().compare()).toMatchObject({ samePosition: true, livePosition: 6n });
      const right = await balances();

      await rebuildOf().switchOver();

      expect(await balances()).toEqual(right);
      expect(await checkpoints.standing('journal')).toMatchObject({ position: 6n, reached: 0n });
      expect(await inbox()).toEqual([]);
    });

    test('a roll-back finds in the old tables what was behind and what was missing', async () => {
      await accept('tokenAccount-ten_3');
      await rebuildOf().build();
      await rebuildOf().switchOver();
      const right = await balances();
      log.record('ten_1', tokensHeld('g1', { paid: 10n }));

      await rebuildOf().rollBack();

      const held = { account: 'held:g1', tokens: '-10' };
      expect((await balances()).length).toBe(right.length + 1);
      expect(await balances()).toEqual(expect.arrayContaining([expect.objectContaining(held)]));
    });

    test('parked streams go with the tables that lack their events', async () => {
      await accept('tokenAccount-ten_1', 'tokenAccount-ten_3');
      const parkedStreams = new PostgresParkedStreams({ connectionString: database.url });
      const [first] = events('tokenAccount-ten_2');
      const { stream, revision, eventId, type: eventType } = first!;
      await parkedStreams.park({
        ...{ id: 'prk_1', consumer: 'journal', kind: 'projector', stream, revision, eventId },
        ...{ eventType, reason: 'no room', attempts: 5, parkedAt: new Date() },
      });
      const lacking = await balances();
      await rebuildOf().build();
      const comparison = await rebuildOf().compare();
      expect(comparison).toMatchObject({ samePosition: true, parkedStreams: 1 });
      expect(comparison.tables[0]?.counts).toMatchObject({ onlyStandby: 2 });

      await rebuildOf().switchOver();
      expect(await parkedStreams.of('journal')).toEqual([]);
      expect((await checkpoints.standing('journal')).parked).toEqual(new Map());

      log.record('ten_2', tokensPurchased('more', 1n));
      await rebuildOf().rollBack();
      expect(await balances()).toEqual(lacking);
      expect((await checkpoints.standing('journal')).parked).toEqual(new Map([[stream, 0]]));
      expect(await parkedStreams.of('journal')).toMatchObject([{ id: 'prk_1', reason: 'no room' }]);
      await parkedStreams.close();
    });
  });
});
