import type { DomainEvent } from '@imprest/domain';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { allocationsOf, generationRequest, priceOf, tokensHeld } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { reconciliationProjector } from './index.js';

const requested: DomainEvent = {
  type: 'GenerationRequested',
  data: generationRequest({ tenantId: 'ten_1', price: priceOf(40n) }),
};
const held = tokensHeld('g1', { paid: 40n });
const succeeded = (charged: bigint): DomainEvent => ({
  type: 'GenerationSucceeded',
  data: { images: 1, charged, refunded: 40n - charged, lots: [] },
});
const settled = (captured: bigint): DomainEvent => ({
  type: 'HoldSettled',
  data: {
    generationId: 'g1',
    captured: allocationsOf({ paid: captured }),
    released: allocationsOf({ paid: 40n - captured }),
  },
});
const released: DomainEvent = {
  type: 'HoldReleased',
  data: { generationId: 'g1', released: allocationsOf({ paid: 40n }), reason: 'cancelled' },
};
const cancelled: DomainEvent = {
  type: 'GenerationCancelled',
  data: { reason: 'cancelled', charged: 0n, refunded: 40n },
};

describe('reconciliation of outcomes with money', () => {
  let database: ProjectionDatabase;
  let log: RecordedLog;
  const generation = (...events: DomainEvent[]) => log.record('g1', ...events);
  const account = (...events: DomainEvent[]) => log.record('ten_1', ...events);
  const project = (events: readonly RecordedEvent[] = log.events, batchSize?: number) =>
    database.project(reconciliationProjector, events, batchSize);
  const left = () =>
    database.sql.query<Record<string, unknown>>('select * from read_models.reconciliation');

  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    log = new RecordedLog();
    await database.sql.query('truncate read_models.reconciliation');
  });

  test('a generation is watched for as long as it is open', async () => {
    generation(requested);
    account(held);
    await project(log.events, 1);
    expect(await left()).toMatchObject([
      {
        generation_id: 'g1',
        tenant_id: 'ten_1',
        requested: true,
        holds: 1,
        held: '40',
        outcomes: 0,
        charged: null,
        closes: 0,
        changed_at: new Date('2026-01-15T09:00:02.000Z'),
      },
    ]);
  });

  test.each([1, 2, 100])(
    'in batches of %i, it is forgotten once outcome and money agree',
    async (n) => {
      generation(requested);
      account(held);
      generation(succeeded(30n));
      account(settled(30n));
      await project(log.events, n);
      expect(await left()).toEqual([]);
    },
  );

  test('the two streams may come in any order to each other', async () => {
    generation(requested);
    account(held);
    generation(cancelled);
    account(released);
    const ofAccount = log.events.filter(({ stream }) => stream.startsWith('tokenAccount'));
    const ofGeneration = log.events.filter(({ stream }) => stream.startsWith('generation'));
    await project([...ofAccount, ...ofGeneration], 1);
    expect(await left()).toEqual([]);
  });

  test.each<[string, DomainEvent[], DomainEvent[], Record<string, unknown>]>([
    [
      'an outcome without a settle',
      [requested, succeeded(40n)],
      [held],
      { closes: 0, outcomes: 1 },
    ],
    ['a settle without an outcome', [requested], [held, settled(40n)], { closes: 1, outcomes: 0 }],
    [
      'other tokens captured than charged',
      [requested, succeeded(40n)],
      [held, settled(30n)],
      { charged: '40', captured: '30' },
    ],
    ['an outcome without a hold', [requested, cancelled], [], { holds: 0, outcomes: 1 }],
    ['a hold for nothing that was asked for', [], [held, released], { requested: false, holds: 1 }],
  ])('%s stays', async (_fault, ofGeneration, ofAccount, expected) => {
    generation(...ofGeneration);
    account(...ofAccount);
    await project();
    expect(await left()).toMatchObject([expected]);
  });

  test('a second settle after the books agreed comes to light', async () => {
    generation(requested);
    account(held);
    generation(succeeded(40n));
    account(settled(40n));
    await project();
    await project(account(settled(40n)));
    expect(await left()).toMatchObject([{ closes: 1, holds: 0, requested: false }]);
  });
});
