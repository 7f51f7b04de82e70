import { InvalidCursor } from '@imprest/application';
import type { DomainEvent } from '@imprest/domain';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { exampleEvent, generationRequest } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PostgresCheckpointStore } from '../consuming/postgres-checkpoint-store.js';
import { createDataSource } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import { EventFeed, eventFeedProjector } from './index.js';

let database: ProjectionDatabase;
let feed: EventFeed;
let log: RecordedLog;

const asked = (tenantId: string): DomainEvent => ({
  type: 'GenerationRequested',
  data: generationRequest({ tenantId }),
});
const succeeded = exampleEvent('GenerationSucceeded');
const whole = async (tenantId: string) => (await feed.page({ tenantId, limit: 1_000 })).entries;
const told = async (tenantId: string) =>
  (await whole(tenantId)).map(({ type, subjectId }) => `${type} ${subjectId}`);

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  const source = await createDataSource({ url: database.url });
  feed = new EventFeed(source);
  return () => source.destroy();
});
afterAll(() => database.drop());
beforeEach(async () => {
  log = new RecordedLog();
  await database.sql.query(
    'truncate read_models.tenant_events, read_models.tenant_event_generations',
  );
  await database.sql.query(`update read_models.tenant_events_kept set since = '-infinity'`);
});

describe('the feed of a tenant', () => {
  test('has what happened to it, in order, and nothing of others', async () => {
    log.record('gen_1', asked('ten_a'), exampleEvent('GenerationStarted'));
    log.record('gen_2', asked('ten_b'), succeeded);
    log.record('ten_a', exampleEvent('BalanceFellLow'));
    log.record('gen_1', exampleEvent('GenerationFailed'), exampleEvent('GenerationErased'));
    log.record('gen_3', asked('ten_a'), exampleEvent('GenerationCancelled'));
    await database.project(eventFeedProjector, log.events, 2);

    const { crossing } = exampleEvent('BalanceFellLow').data;
    expect(await told('ten_a')).toEqual([
      'generation.started gen_1',
      `account.low_balance ${crossing}`,
      'generation.failed gen_1',
      'generation.cancelled gen_3',
    ]);
    expect(await told('ten_b')).toEqual(['generation.completed gen_2']);
    expect(await database.sql.query('select * from read_models.tenant_event_generations')).toEqual(
      [],
    );
  });

  test('has each event once, however often it comes', async () => {
    log.record('gen_1', asked('ten'), exampleEvent('GenerationStarted'), succeeded);
    await database.project(eventFeedProjector, log.events);
    await database.project(eventFeedProjector, log.events.slice(1));
    await database.project(eventFeedProjector, log.events);

    expect(await told('ten')).toEqual(['generation.started gen_1', 'generation.completed gen_1']);
  });

  test('goes on after a cursor, also one that was given out at its end', async () => {
    const one = (id: string) => log.record(id, asked('ten'), succeeded);
    await database.project(eventFeedProjector, [...one('gen_1'), ...one('gen_2')]);
    const first = await feed.page({ tenantId: 'ten', limit: 1 });
    const second = await feed.page({ tenantId: 'ten', limit: 1, after: first.cursor });
    const third = await feed.page({ tenantId: 'ten', limit: 1, after: second.cursor });
    await database.project(eventFeedProjector, one('gen_3'));
    const last = await feed.page({ tenantId: 'ten', limit: 1, after: third.cursor });

    expect([first, second, third, last].map(({ more }) => more)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(
      [first, second, third, last].map(({ entries }) => entries.map((entry) => entry.subjectId)),
    ).toEqual([['gen_1'], ['gen_2'], [], ['gen_3']]);
  });

  test('can be narrowed to types', async () => {
    log.record('gen_1', asked('ten'), exampleEvent('GenerationStarted'), succeeded);
    await database.project(eventFeedProjector, log.events);
    const page = await feed.page({ tenantId: 'ten', limit: 9, types: ['generation.completed'] });

    expect(page.entries.map(({ type }) => type)).toEqual(['generation.completed']);
  });

  test.each(['x', 'W10', Buffer.from('["1e9"]').toString('base64url')])(
    'refuses %j as a cursor',
    async (after) => {
      await expect(feed.page({ tenantId: 'ten', limit: 1, after })).rejects.toThrow(InvalidCursor);
    },
  );

  test('forgets what is old, the oldest first, and gives no number out again', async () => {
    log.record('gen_1', asked('ten'), succeeded);
    log.record('gen_2', asked('ten'), succeeded);
    await database.project(eventFeedProjector, log.events);
    const { cursor } = await feed.page({ tenantId: 'ten', limit: 9 });
    const before = new Date(log.clock.now().getTime() + 1);

    expect([await feed.sweep(before, 1), await feed.sweep(before, 9)]).toEqual([1, 1]);
    expect(await whole('ten')).toEqual([]);
    await database.project(eventFeedProjector, log.record('gen_3', asked('ten'), succeeded));
    const { entries } = await feed.page({ tenantId: 'ten', limit: 9, after: cursor });
    expect(entries.map(({ subjectId }) => subjectId)).toEqual(['gen_3']);
  });
});

/** Batches of streams as partitions bring them: in order within a stream, side by side otherwise. */
const racingBatches = fc.array(
  fc.record({ streams: fc.integer({ min: 1, max: 4 }), pauseMs: fc.integer({ min: 0, max: 3 }) }),
  { minLength: 6, maxLength: 24 },
);

test('a reader by cursor sees each event once while several processes write', async () => {
  const stores = [1, 2, 3].map(
    () => new PostgresCheckpointStore({ connectionString: database.url }),
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(racingBatches, fc.integer({ min: 1, max: 7 }), async (batches, limit) => {
      run += 1;
      const tenantId = `ten_${run}`;
      const written: string[] = [];
      const work = batches.map(({ streams, pauseMs }, batch) => {
        const events: RecordedEvent[] = [];
        for (let index = 0; index < streams; index += 1) {
          const id = `gen_${run}_${batch}_${index}`;
          events.push(...log.record(id, asked(tenantId), succeeded));
          written.push(id);
        }
        return { events, pauseMs };
      });
      let isWriting = true;
      const writing = Promise.all(
        stores.map(async (store, process) => {
          for (const { events, pauseMs } of work.filter(
            (_, at) => at % stores.length === process,
          )) {
            await store.accept('event-feed', async (sql) => {
              await eventFeedProjector.project(events, sql);
              await sql.query(`select pg_sleep(${pauseMs / 1_000})`);
              return { processed: [] };
            });
          }
        }),
      ).finally(() => {
        isWriting = false;
      });
      const seen: string[] = [];
      let after: string | undefined;
      for (let isLast = false; !isLast; ) {
        isLast = !isWriting;
        let more = true;
        while (more) {
          const page = await feed.page({ tenantId, limit, ...(after && { after }) });
          seen.push(...page.entries.map(({ subjectId }) => subjectId));
          after = page.cursor;
          more = page.more;
        }
      }
      await writing;

      expect([...seen].sort()).toEqual([...written].sort());
      expect((await whole(tenantId)).map(({ subjectId }) => subjectId)).toEqual(seen);
    }),
    { numRuns: 12 },
  );
  await Promise.all(stores.map((store) => store.close()));
});
