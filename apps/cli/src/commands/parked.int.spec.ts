import { DeciderRunner, Parking, systemClock } from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations } from '@imprest/platform';
import { PostgresParkedStreams, runMigrations } from '@imprest/read-models';
import { InMemorySnapshotStore } from '@imprest/testkit';
import { exampleEvent } from '@imprest/testkit/domain';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { RecordedLog } from '@imprest/testkit/projections';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { parkedCommand } from './parked.js';

let database: TestDatabase;
let store: PostgresEventStore;
let streams: PostgresParkedStreams;
let cli: CliTrial;

const facts = async (consumer: string) => {
  const found: unknown[] = [];
  for await (const page of store.readStream(`consumer-${consumer}`)) {
    found.push(...page.map(({ type, data, metadata }) => [type, data.reason, metadata.actor.id]));
  }
  return found;
};

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  store = await PostgresEventStore.connect({ connectionString: database.url });
  streams = new PostgresParkedStreams({ connectionString: database.url });
  cli = new CliTrial((terminal) => [parkedCommand(terminal)], { DATABASE_URL: database.url });
});
afterAll(async () => {
  await streams.close();
  await store.close();
  await database.drop();
});

test('nothing parked is what the command hopes for', async () => {
  expect(await cli.run('parked', 'list')).toMatchObject({
    code: 0,
    out: 'No stream is parked.\n',
  });
  expect(await cli.run('parked', 'list', '--json')).toMatchObject({ code: 0, out: '' });
});

test('streams are listed, retried and skipped, with a reason and on record', async () => {
  const snapshots = new InMemorySnapshotStore();
  const decider = new DeciderRunner({ store, snapshots, clock: systemClock });
  const parking = new Parking(decider, streams, systemClock);
  const log = new RecordedLog();
  const [event] = log.record('req_1', exampleEvent('GenerationRequested'));
  const poison = { event: event!, error: new TypeError('no such field'), attempts: 5 };
  const reactor = {
    kind: 'reactor',
    name: 'settlement',
    categories: ['generation'],
    react: async () => {},
  } as const;
  const projector = {
    kind: 'projector',
    name: 'generations',
    categories: ['generation'],
    project: async () => {},
  } as const;
  await parking.park(reactor, poison);
  await parking.park(projector, poison);

  const listed = await cli.run('parked', 'list', '--json');
  expect(listed.code).toBe(1);
  const known = { stream: 'generation-req_1', revision: 0, reason: 'TypeError: no such field' };
  expect(
    listed
      .json()
      .map(({ consumer }) => consumer)
      .sort(),
  ).toEqual(['generations', 'settlement']);
  expect(listed.json()[0]).toMatchObject({ ...known, attempts: 5, request: null });
  const ids = Object.fromEntries(listed.json().map(({ consumer, id }) => [consumer, id]));

  const text = await cli.run('parked', 'list', '--consumer', 'settlement');
  expect(text.out).toContain('TypeError: no such field');
  expect(text.out).not.toContain('generations');

  const skipped = await cli.run(
    'parked',
    'skip',
    String(ids.settlement),
    '--reason',
    'told by hand',
  );
  expect(skipped).toMatchObject({
    code: 0,
    out: 'settlement will skip revision 0 of generation-req_1 within seconds.\n',
  });
  const refused = await cli.run(
    'parked',
    'skip',
    String(ids.generations),
    '--reason',
    'in the way',
  );
  expect(refused.code).toBe(1);
  expect(refused.err).toContain("a projector's rows have to be what a replay makes");
  const again = await cli.run(
    'parked',
    'retry',
    String(ids.generations),
    '--reason',
    'mended',
    '--json',
  );
  expect(again.json()).toMatchObject([
    { request: { action: 'retry', reason: 'mended', by: 'cli' } },
  ]);
  expect(await facts('settlement')).toEqual([
    ['EventParked', undefined, 'settlement'],
    ['ParkedEventSkipped', 'told by hand', 'cli'],
  ]);
  expect(await facts('generations')).toEqual([
    ['EventParked', undefined, 'generations'],
    ['ParkedEventRetried', 'mended', 'cli'],
  ]);
});

test('an id that is not parked, and a decision without a reason, are refused', async () => {
  const unknown = await cli.run('parked', 'retry', 'prk_none', '--reason', 'mended');
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('nothing parked') });
  expect(await cli.run('parked', 'retry', 'prk_none')).toMatchObject({ code: 2 });
  expect(await cli.run('parked', 'retry', 'prk_none', '--reason', ' ')).toMatchObject({ code: 2 });
});
