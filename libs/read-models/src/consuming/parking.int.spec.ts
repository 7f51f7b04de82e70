import {
  DeciderRunner,
  type MessageBus,
  Parking,
  type Projector,
  SubscriptionRunner,
} from '@imprest/application';
import { ConsumerScenario, InMemorySnapshotStore } from '@imprest/testkit';
import { createProjectionDatabase, type ProjectionDatabase } from '@imprest/testkit/projections';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrations } from '../migrations/index.js';
import { PostgresCheckpointStore } from './postgres-checkpoint-store.js';
import { PostgresParkedStreams } from './postgres-parked-streams.js';

const staff = {
  correlationId: 'req_1',
  causationId: 'req_1',
  actor: { kind: 'operator', id: 'ada' },
} as const;

/** Writes the name of each event once: the table refuses a second time, and what it is told to refuse. */
const projector: Projector = {
  kind: 'projector',
  name: 'names',
  categories: ['thing'],
  async project(events, sql) {
    const names = events.map(({ eventId }) => eventId);
    await sql.query('insert into names select unnest($1::text[])', [names]);
  },
};

describe.each(['direct', 'unruly'] as const)('with a bus that is %s', (kind) => {
  let database: ProjectionDatabase;
  let scenario: ConsumerScenario;
  let open: { close(): Promise<void> }[];
  let runners: SubscriptionRunner[];

  /** One more process: connections of its own. */
  function process(seed: number): SubscriptionRunner {
    const connection = { connectionString: database.url };
    const checkpoints = new PostgresCheckpointStore(connection);
    const parkedStreams = new PostgresParkedStreams(connection);
    open.push(checkpoints, parkedStreams);
    const { store, clock } = scenario;
    const decider = new DeciderRunner({ store, snapshots: new InMemorySnapshotStore(), clock });
    const bus: MessageBus = kind === 'direct' ? scenario.direct : scenario.unruly(seed);
    const services = { ...scenario.services(bus), checkpoints, parkedStreams };
    const parking = new Parking(decider, parkedStreams, clock);
    const runner = new SubscriptionRunner(projector, { ...services, parking });
    runners.push(runner);
    runner.start();
    return runner;
  }

  const names = async (stream = '') => {
    const sql = 'select name from names where name like $1 order by name';
    const rows = await database.sql.query<{ name: string }>(sql, [`${stream}%`]);
    return rows.map(({ name }) => name);
  };
  const until = (holds: () => Promise<boolean>) =>
    vi.waitUntil(holds, { timeout: 15_000, interval: 50 });

  beforeEach(async () => {
    database = await createProjectionDatabase(migrations);
    await database.sql.query(
      "create table names (name text primary key, constraint refused check (name <> 'b2'))",
    );
    scenario = new ConsumerScenario();
    open = [];
    runners = [];
  });
  afterEach(async () => {
    await Promise.all(runners.map((runner) => runner.stop()));
    await Promise.all(open.map((each) => each.close()));
    await database.drop();
  });

  test('what PostgreSQL refuses parks its stream, and a retry brings all of it once', async () => {
    await scenario.happen('a1', 'b1', 'b2', 'c1', 'b3', 'a2');
    const runner = process(3);
    await until(async () => (await names('a')).length === 2 && scenario.poisons.length === 1);
    await scenario.happen('b4', 'a3');
    await until(async () => (await names('a')).length === 3);
    expect(await names('b')).toEqual(['b1']);
    const parked = new PostgresParkedStreams({ connectionString: database.url });
    open.push(parked);
    const [waiting] = await parked.of('names');
    expect(waiting).toMatchObject({ stream: 'thing-b', revision: 1, eventId: 'b2', attempts: 5 });
    expect(waiting?.reason).toContain('violates check constraint "refused"');
    await database.sql.query('alter table names drop constraint refused');
    const request = { action: 'retry', revision: 1, reason: 'mended', by: 'ada' } as const;
    await parked.request(waiting!.id, { ...request, at: new Date() });
    await runner.tend(true);
    await scenario.happen('b5');
    await until(async () => (await names('b')).length === 5);
    expect(await names('b')).toEqual(['b1', 'b2', 'b3', 'b4', 'b5']);
    expect(await parked.of('names')).toEqual([]);
  });

  test('while processes take it up at once, and events come, each is written once', async () => {
    await scenario.happen('b1', 'b2', 'a1');
    const first = process(5);
    await until(async () => scenario.poisons.length === 1);
    const parked = new PostgresParkedStreams({ connectionString: database.url });
    open.push(parked);
    await scenario.happen(...Array.from({ length: 300 }, (_, n) => `b${n + 3}`));
    await database.sql.query('alter table names drop constraint refused');
    const { store, clock } = scenario;
    const decider = new DeciderRunner({ store, snapshots: new InMemorySnapshotStore(), clock });
    const [waiting] = await parked.of('names');
    await new Parking(decider, parked, clock).retry(waiting!.id, 'mended', staff);
    const second = kind === 'direct' ? first : process(8);
    const more = async () => {
      for (let n = 303; n <= 320; n += 1) await scenario.happen(`b${n}`);
    };
    await Promise.all([first.tend(true), second.tend(true), more()]);
    await until(async () => (await names('b')).length === 320);
    expect(await parked.of('names')).toEqual([]);
    expect(scenario.poisons).toHaveLength(1);
  });
});
