import type { EventStore } from '@imprest/application';
import { EventStoreDbEventStore } from '@imprest/event-store-eventstoredb';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations } from '@imprest/platform';
import { runMigrations } from '@imprest/read-models';
import { accountOpened, exampleEvent, tokensHeld, tokensPurchased } from '@imprest/testkit/domain';
import { EventStoreDbServer } from '@imprest/testkit/eventstoredb';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { RecordedLog } from '@imprest/testkit/projections';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { eventsCommand, traceCommand } from './events.js';

/** Two requests of a tenant, one after the other. */
function history(): RecordedLog {
  const log = new RecordedLog();
  log.correlationId = 'top-up-1';
  log.record('ten_1', exampleEvent('TenantCreated'));
  log.record('ten_1', accountOpened, tokensPurchased('paid', 500n));
  log.correlationId = 'first';
  log.record('req_1', {
    type: 'GenerationRequested',
    data: { ...exampleEvent('GenerationRequested').data, tenantId: 'ten_1' },
  });
  log.record('ten_1', tokensHeld('req_1', { paid: 10n }));
  log.record('req_1', exampleEvent('GenerationStarted'), exampleEvent('ImageStored'));
  log.correlationId = 'second';
  log.record('req_2', exampleEvent('GenerationRequested'));
  log.record('ten_1', tokensHeld('req_2', { paid: 20n }));
  return log;
}

interface Engine {
  readonly store: EventStore;
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const engines: Readonly<Record<string, (database: TestDatabase) => Promise<Engine>>> = {
  PostgreSQL: async ({ url }) => {
    const store = await PostgresEventStore.connect({ connectionString: url });
    return { store, environment: {}, close: () => store.close() };
  },
  EventStoreDB: async () => {
    const server = await EventStoreDbServer.start();
    const { connectionString } = server;
    const store = await EventStoreDbEventStore.connect({ connectionString });
    const close = async () => {
      await store.close();
      await server.stop();
    };
    return { store, environment: { EVENT_STORE: connectionString }, close };
  },
};

describe.each(Object.keys(engines))('on %s', (name) => {
  let database: TestDatabase;
  let engine: Engine;
  let cli: CliTrial;
  /** Of an event in the store. */
  const positionOf = async (event: string) =>
    String((await cli.run('events', 'show', event, '--json')).json()[0]?.position);

  beforeAll(async () => {
    database = await createTestDatabase();
    await runMigrations(database.url, allMigrations);
    engine = await engines[name]!(database);
    await history().appendTo(engine.store);
    const environment = { DATABASE_URL: database.url, ...engine.environment };
    cli = new CliTrial(
      (terminal) => [eventsCommand(terminal), traceCommand(terminal)],
      environment,
    );
  });
  afterAll(async () => {
    await engine.close();
    await database.drop();
  });

  describe('events stream', () => {
    test('prints the events of one stream, one a line', async () => {
      const { code, out } = await cli.run('events', 'stream', 'generation-req_1');

      expect(code).toBe(0);
      expect(out.trim().split('\n')).toEqual([
        expect.stringMatching(
          /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {2}\d+ {2}generation-req_1@0 {2}GenerationRequested {2}tenantId=ten_1 /,
        ),
        expect.stringMatching(/ {2}\d+ {2}generation-req_1@1 {2}GenerationStarted {2}attempt=\d+$/),
        expect.stringMatching(/ {2}\d+ {2}generation-req_1@2 {2}ImageStored /),
      ]);
    });

    test('prints a part of it backwards as JSON lines', async () => {
      const { json } = await cli.run(
        'events',
        'stream',
        'generation-req_1',
        '--backwards',
        '--limit',
        '2',
        '--json',
      );
      expect(json()).toMatchObject([{ revision: 2 }, { revision: 1, type: 'GenerationStarted' }]);
    });

    test('of a stream that is not there says so and fails', async () => {
      const { code, out, err } = await cli.run('events', 'stream', 'generation-none');
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain('there is no event in generation-none');
    });
  });

  describe('events show', () => {
    test('prints one event whole, and leaves sealed what is sealed', async () => {
      const { code, out } = await cli.run('events', 'show', 'generation-req_1@0');

      expect(code).toBe(0);
      expect(out).toMatch(/type {9}GenerationRequested, version \d+/);
      expect(out).toContain('correlation  first');
      expect(out).toMatch(/"confidential": "<sealed, \d+ characters>"/);
    });

    test('finds an event by its id', async () => {
      const [event] = (await cli.run('events', 'show', 'tokenAccount-ten_1@1', '--json')).json();
      const found = await cli.run('events', 'show', String(event?.eventId), '--json');

      expect(event).toMatchObject({
        type: 'TokensPurchased',
        data: { tokens: '500' },
      });
      expect(found.json()).toEqual([event]);
    });

    test('fails when there is none', async () => {
      const unknown = '00000000-0000-7000-8000-00000000ffff';
      for (const reference of [unknown, 'tokenAccount-ten_1@99']) {
        expect(await cli.run('events', 'show', reference)).toMatchObject({ code: 1, out: '' });
      }
    });
  });

  describe('events grep', () => {
    const found = async (...args: readonly string[]) => {
      const { json } = await cli.run('events', 'grep', '--json', ...args);
      return json().map(({ stream, revision }) => `${stream}@${revision}`);
    };

    test('finds by type, correlation, tenant, generation and text', async () => {
      expect(await found('--type', 'TokensHeld')).toEqual([
        'tokenAccount-ten_1@2',
        'tokenAccount-ten_1@3',
      ]);
      expect(await found('--correlation', 'second')).toEqual([
        'generation-req_2@0',
        'tokenAccount-ten_1@3',
      ]);
      expect(await found('--generation', 'req_1')).toEqual([
        'generation-req_1@0',
        'tokenAccount-ten_1@2',
        'generation-req_1@1',
        'generation-req_1@2',
      ]);
      expect(await found('--tenant', 'ten_1', '--category', 'generation')).toEqual([
        'generation-req_1@0',
        'generation-req_1@1',
        'generation-req_1@2',
      ]);
      expect(await found('--text', 'PAY_paid')).toEqual(['tokenAccount-ten_1@1']);
    });

    test('several conditions hold at once, and a limit ends the search', async () => {
      expect(await found('--type', 'TokensHeld', '--generation', 'req_2')).toEqual([
        'tokenAccount-ten_1@3',
      ]);
      expect(await found('--type', 'TokensHeld', '--limit', '1')).toEqual(['tokenAccount-ten_1@2']);
      expect(await found('--from', await positionOf('generation-req_1@2'))).toEqual([
        'generation-req_2@0',
        'tokenAccount-ten_1@3',
      ]);
      expect(await found('--until', '2020-01-01T00:00Z')).toEqual([]);
    });

    test('nothing found is exit code 1', async () => {
      expect(await cli.run('events', 'grep', '--text', 'no such thing')).toMatchObject({
        code: 1,
        out: '',
      });
    });
  });

  test('events stats counts by type, category and day', async () => {
    const table = await cli.run('events', 'stats');
    const byCategory = await cli.run('events', 'stats', '--by', 'category', '--json');
    const byDay = await cli.run('events', 'stats', '--by', 'day', '--json');

    expect(table.out).toMatch(/^category +type +events +first +last$/m);
    expect(table.out).toMatch(/^tokenAccount +TokensHeld +2 +\d{4}-/m);
    expect(table.out).toMatch(/^total +9$/m);
    expect(byCategory.json()).toMatchObject([
      { category: 'generation', events: 4 },
      { category: 'tenant', events: 1 },
      { category: 'tokenAccount', events: 4 },
    ]);
    expect(byDay.json().reduce((sum, { events }) => sum + Number(events), 0)).toBe(9);
  });

  describe('trace', () => {
    test('shows one request through all streams, in time order', async () => {
      const { code, out } = await cli.run('trace', 'first');
      const lines = out.trim().split('\n');

      expect(code).toBe(0);
      expect(lines[0]).toMatch(/^first, began \d{4}-/);
      expect(lines.slice(3).map((line) => line.split(/ {2,}/).slice(2, 4))).toEqual(
        [
          ['generation-req_1@0', 'GenerationRequested'],
          ['tokenAccount-ten_1@2', 'TokensHeld'],
          ['generation-req_1@1', 'GenerationStarted'],
          ['generation-req_1@2', 'ImageStored'],
        ].map((cells) => cells.map((cell) => expect.stringContaining(cell))),
      );
    });

    test('takes the id of a generation too', async () => {
      const { json } = await cli.run('trace', 'req_2', '--json');
      expect(json().map(({ type }) => type)).toEqual(['GenerationRequested', 'TokensHeld']);
    });

    test('fails when nothing has that id', async () => {
      expect(await cli.run('trace', 'nobody')).toMatchObject({ code: 1, out: '' });
    });
  });

  describe('events tail', () => {
    test('goes on from the position given, until its limit', async () => {
      const { code, json } = await cli.run(
        'events',
        'tail',
        '--from',
        'start',
        '--type',
        'TokensHeld',
        '--limit',
        '2',
        '--json',
      );
      expect(code).toBe(0);
      expect(json()).toMatchObject([{ revision: 2 }, { revision: 3 }]);
    });

    test('follows what is appended, until it is interrupted', async () => {
      const following = cli.run('events', 'tail', '--json');
      await new Promise((resolve) => setTimeout(resolve, 700));
      const later = new RecordedLog();
      later.record('req_9', exampleEvent('GenerationRequested'));
      await later.appendTo(engine.store);
      await new Promise((resolve) => setTimeout(resolve, 300));
      cli.interrupt();
      const { code, json } = await following;
      expect(code).toBe(0);
      expect(json()).toMatchObject([{ stream: 'generation-req_9', type: 'GenerationRequested' }]);
    });
  });

  describe('what is not understood is exit code 2', () => {
    test.each([
      [['events', 'grep', '--type', 'NoSuchType']],
      [['events', 'tail', '--from', 'yesterday']],
      [['events', 'stats', '--by', 'colour']],
      [['events', 'show']],
      [['nonsense']],
      [['events']],
    ])('%j', async (args) => {
      const { code, err } = await cli.run(...args);
      expect(code).toBe(2);
      expect(err).not.toBe('');
    });

    test('and help is not a failure', async () => {
      const { code, out } = await cli.run('events', '--help');
      expect(code).toBe(0);
      expect(out).toContain('grep');
    });
  });
});
