import { catalogue, type EventType } from '@imprest/event-catalogue';
import { accountOpened, exampleEvent, tokensHeld, tokensPurchased } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CheckpointMoved,
  PostgresCheckpointStore,
} from '../consuming/postgres-checkpoint-store.js';
import { migrations } from '../migrations/index.js';
import type { TableProjector } from '../projections/index.js';
import { projectors } from '../projectors.js';
import { NothingToSwitchTo, OldTablesKept, ProjectionRebuild, readStandbys } from './index.js';

/** The first fact of every category that has none yet: no projector is left without events. */
function oneOfEach(log: RecordedLog, id: string): void {
  for (const [type, { category }] of Object.entries(catalogue)) {
    const has = log.events.some(({ stream }) => stream.startsWith(`${category}-`));
    if (!has) log.record(`${category}_${id}`, exampleEvent(type as EventType));
  }
}

function someHistory(): RecordedLog {
  const log = new RecordedLog();
  const { data } = exampleEvent('EndUserRegistered');
  log.record('ten_1', exampleEvent('TenantCreated'));
  log.record('ten_1', accountOpened, tokensPurchased('paid', 500n));
  log.record('key_1', exampleEvent('ApiKeyIssued'), exampleEvent('ApiKeyRotated'));
  log.record('usr_1', { type: 'EndUserRegistered', data });
  for (const id of ['g1', 'g2', 'g3']) {
    log.record(id, exampleEvent('GenerationRequested'), exampleEvent('GenerationStarted'));
    log.record('ten_1', tokensHeld(id, { paid: 10n }));
  }
  log.record('g1', exampleEvent('ImageStored'), exampleEvent('GenerationSucceeded'));
  log.record('g2', exampleEvent('GenerationFailed'), exampleEvent('GenerationErased'));
  log.record('msg_1', exampleEvent('WebhookMessageCreated'), exampleEvent('WebhookAttempted'));
  log.record('log', exampleEvent('SealKeyIntroduced'));
  log.record('g2', exampleEvent('JobQueued'), exampleEvent('JobDeadLettered'));
  oneOfEach(log, '1');
  return log;
}

function someMore(log: RecordedLog): void {
  log.record('ten_2', exampleEvent('TenantCreated'));
  log.record('g4', exampleEvent('GenerationRequested'));
  log.record('ten_1', tokensHeld('g4', { paid: 1n }));
  log.record('msg_2', exampleEvent('WebhookMessageCreated'));
  log.record('log', exampleEvent('LedgerSealed'));
  log.record('g3', exampleEvent('ImageStored'));
}

const categoryOf = (stream: string) => stream.slice(0, stream.indexOf('-'));

describe.each(projectors)('$name', (projector: TableProjector) => {
  let database: ProjectionDatabase;
  let checkpoints: PostgresCheckpointStore;
  let log: RecordedLog;
  let rebuild: ProjectionRebuild;

  const live = async () => {
    const found: unknown[] = [];
    for (const { name } of projector.tables) {
      // What the feed has lost gets another number.
      const row = `to_jsonb(r) - 'seq'`;
      found.push(await database.sql.query(`select ${row} as row from ${name} as r order by 1`));
    }
    return found;
  };
  /** What the live projector does with everything up to the head. */
  const advance = async () => {
    const after = await checkpoints.load(projector.name);
    const head = await log.head();
    const events = log.events.filter(
      ({ stream, position }) =>
        position > after && projector.categories.includes(categoryOf(stream)),
    );
    await checkpoints.advance(projector.name, head, (sql) => projector.project(events, sql));
  };
  const damage = async () => {
    const [table] = projector.tables;
    await database.sql.query(`delete from ${table?.name}`);
  };

  beforeEach(async () => {
    database = await createProjectionDatabase(migrations);
    checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
    log = someHistory();
    const connectionString = database.url;
    rebuild = new ProjectionRebuild({ projector, eventStore: log, connectionString });
    await advance();
  });
  afterEach(async () => {
    await checkpoints.close();
    await database.drop();
  });

  test('built anew beside the live tables it is the same, row by row', async () => {
    const before = await live();
    expect(before.flat().length).toBeGreaterThan(0);

    const built = await rebuild.build();
    const { samePosition, tables } = await rebuild.compare();

    expect(built).toMatchObject({ finished: true, position: await log.head() });
    expect(samePosition).toBe(true);
    for (const { counts, rows } of tables) {
      expect(counts).toEqual({ onlyLive: 0, onlyStandby: 0, differs: 0 });
      expect(rows.live).toBe(rows.standby);
    }
    expect(await live()).toEqual(before);
  });

  test('what is damaged is named, and gone after the switch', async () => {
    const right = await live();
    await damage();
    await rebuild.build();

    const { tables } = await rebuild.compare();
    expect(tables[0]?.counts.onlyStandby).toBe(tables[0]?.rows.standby);
    expect(tables[0]?.samples.length).toBeGreaterThan(0);

    await rebuild.switchOver();
    expect(await live()).toEqual(right);
  });

  test('events that came after the build are in the tables that the switch puts in place', async () => {
    await rebuild.build();
    someMore(log);
    await advance();
    const right = await live();
    await damage();

    const { position } = await rebuild.switchOver();

    expect(position).toBe(await log.head());
    expect(await live()).toEqual(right);
  });

  test('the live projector goes on from the checkpoint of the switch', async () => {
    await rebuild.build();
    someMore(log);
    await rebuild.switchOver();
    const switched = await live();

    await expect(advance()).rejects.toThrow(CheckpointMoved);
    await advance();
    expect(await live()).toEqual(switched);
    expect(await checkpoints.load(projector.name)).toBe(await log.head());
  });

  test('a roll-back puts the old tables in place, with what came since, and can itself be undone', async () => {
    await damage();
    const damaged = await live();
    await rebuild.build();
    await rebuild.switchOver();
    const repaired = await live();

    await rebuild.rollBack();
    expect(await live()).toEqual(damaged);

    await rebuild.switchOver();
    expect(await live()).toEqual(repaired);
  });

  test('the old tables stay until they are dropped, and no build overwrites them', async () => {
    await rebuild.build();
    await rebuild.switchOver();
    const standby = async () => (await readStandbys(database.url, projectors)).get(projector.name);

    expect(await standby()).toMatchObject({ phase: 'replaced' });
    await expect(rebuild.build()).rejects.toThrow(OldTablesKept);
    await expect(rebuild.switchOver()).rejects.toThrow(NothingToSwitchTo);
    await rebuild.dropOld();
    expect(await standby()).toBeUndefined();
    await expect(rebuild.rollBack()).rejects.toThrow(NothingToSwitchTo);
    await expect(rebuild.dropOld()).rejects.toThrow(NothingToSwitchTo);
    expect(await rebuild.build()).toMatchObject({ finished: true });
  });
});
