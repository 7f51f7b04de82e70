import type { DomainEvent } from '@imprest/domain';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { historyOf } from '@imprest/testkit/arbitraries';
import {
  allocationsOf,
  exampleEvent,
  generationRequest,
  tokensHeld,
} from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { journalProjector } from '../ledger/journal-projector.js';
import { migrations } from '../migrations/index.js';
import { UsageQueries } from '../queries/index.js';
import { usageProjector } from './index.js';

const requested = (endUserId: string, dialect = 'xmode'): DomainEvent => ({
  type: 'GenerationRequested',
  data: generationRequest({ tenantId: 'ten', endUserId, apiKeyId: 'k1', dialect }),
});
const settled = (generationId: string, captured: bigint, released: bigint): DomainEvent => ({
  type: 'HoldSettled',
  data: {
    generationId,
    captured: allocationsOf({ lot: captured }),
    released: allocationsOf({ lot: released }),
  },
});
const refunded = (generationId: string, tokens: bigint): DomainEvent => ({
  type: 'TokensRefunded',
  data: {
    ...{ refundId: `ref_${generationId}`, generationId, reason: 'a seam' },
    allocations: allocationsOf({ lot: tokens }),
  },
});
const DAY_MS = 86_400_000;

let database: ProjectionDatabase;
let queries: UsageQueries;
let log: RecordedLog;
const project = (events: readonly RecordedEvent[] = log.events, batchSize?: number) =>
  database.project(usageProjector, events, batchSize);
const report = (groupBy: Parameters<UsageQueries['report']>[0]['groupBy'], more = {}) =>
  queries.report({ tenantId: 'ten', groupBy, limit: 100, ...more });

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  const source = await createDataSource({ url: database.url });
  queries = new UsageQueries(source);
  return () => source.destroy();
});
afterAll(() => database.drop());
beforeEach(async () => {
  log = new RecordedLog();
  const tables = [...usageProjector.tables, ...journalProjector.tables];
  await database.sql.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
});

/** Two generations on the first day, one of them refunded in part on the second. */
function twoDays(): void {
  log.record('g1', requested('usr_a'));
  log.record('ten', tokensHeld('g1', { lot: 40n }));
  log.record('g2', requested('usr_b', 'xenodia'));
  log.record('ten', tokensHeld('g2', { lot: 10n }));
  log.record('g1', exampleEvent('GenerationSucceeded'));
  log.record('ten', settled('g1', 30n, 10n));
  log.record('g2', exampleEvent('GenerationFailed'));
  const release = { generationId: 'g2', released: allocationsOf({ lot: 10n }), reason: 'failed' };
  log.record('ten', { type: 'HoldReleased', data: release });
  log.clock.advance(DAY_MS);
  log.record('ten', refunded('g1', 20n));
}

const firstDay = {
  ...{ requests: 2, succeeded: 1, failed: 1, cancelled: 0 },
  ...{ held: '50', captured: '30', released: '20', refunded: '0' },
};

describe('usage', () => {
  test.each([1, 3, 100])('in batches of %i, counts what happened on each day', async (size) => {
    twoDays();
    await project(log.events, size);

    const { items } = await report(['day']);
    expect(items).toEqual([
      { day: '2026-01-15', ...firstDay },
      {
        ...{ day: '2026-01-16', requests: 0, succeeded: 0, failed: 0, cancelled: 0 },
        ...{ held: '0', captured: '0', released: '0', refunded: '20' },
      },
    ]);
  });

  test('is the same when the money comes before the requests', async () => {
    twoDays();
    const isMoney = ({ stream }: RecordedEvent) => stream.startsWith('tokenAccount');
    await project(log.events.filter(isMoney), 2);
    expect((await report([])).items[0]).toMatchObject({ requests: 0, held: '0' });
    await project(
      log.events.filter((event) => !isMoney(event)),
      2,
    );

    expect((await report(['day'])).items[0]).toEqual({ day: '2026-01-15', ...firstDay });
    const waiting = 'select 1 from read_models.usage_generations where waiting::text <> $1';
    expect(await database.sql.query(waiting, ['[]'])).toEqual([]);
  });

  test('is told apart by what is asked for, page by page, and never of another tenant', async () => {
    twoDays();
    log.record('g3', {
      type: 'GenerationRequested',
      data: generationRequest({ tenantId: 'other', endUserId: 'usr_c' }),
    });
    await project();

    const { items } = await report(['endUser', 'dialect'], { to: '2026-01-16' });
    expect(items).toMatchObject([
      { endUser: 'usr_a', dialect: 'xmode', captured: '30' },
      { endUser: 'usr_b', dialect: 'xenodia', captured: '0' },
    ]);
    const first = await report(['endUser', 'day'], { limit: 1 });
    const second = await report(['endUser', 'day'], { limit: 1, cursor: first.nextCursor });
    const third = await report(['endUser', 'day'], { limit: 1, cursor: second.nextCursor });
    expect([first, second, third].map((page) => page.items[0]?.day)).toEqual([
      '2026-01-15',
      '2026-01-16',
      '2026-01-15',
    ]);
    expect(third.nextCursor).toBeNull();
  });

  test('of nothing is one group of zeros, or no group', async () => {
    expect((await report([])).items).toMatchObject([{ requests: 0, captured: '0' }]);
    expect((await report(['model'])).items).toEqual([]);
  });

  test.each([1, 2, 3, 4])('adds up to what the journal says (history %i)', async (seed) => {
    const { events } = historyOf({ seed, generations: 14 });
    await project(events, 7);
    await database.project(journalProjector, events);

    const [used] = await database.sql.query(
      `select coalesce(sum(captured), 0) + (
         select coalesce(sum((tokens ->> 'tokens')::bigint), 0)
         from read_models.usage_generations, json_array_elements(waiting) as tokens
         where tokens ->> 'what' = 'captured'
       ) as captured from read_models.usage`,
    );
    const [booked] = await database.sql.query('select sum(captured) as captured from ledger.lots');
    expect(used).toEqual(booked);
  });
});
