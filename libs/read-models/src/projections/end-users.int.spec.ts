import type { DomainEvent } from '@imprest/domain';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { exampleEvent, generationRequest } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { endUsersProjector } from './index.js';

const registered: DomainEvent = {
  type: 'EndUserRegistered',
  data: { tenantId: 'ten_1', confidential: 'v1.sealed', dataKeyId: 'dek_1' },
};
const requestOf = (endUserId: string): DomainEvent => ({
  type: 'GenerationRequested',
  data: generationRequest({ tenantId: 'ten_1', endUserId }),
});
const succeeded = (charged: bigint): DomainEvent => ({
  type: 'GenerationSucceeded',
  data: { images: 1, charged, refunded: 0n, lots: [] },
});
describe('end users', () => {
  let database: ProjectionDatabase;
  let log: RecordedLog;
  const project = (events: readonly RecordedEvent[] = log.events, batchSize?: number) =>
    database.project(endUsersProjector, events, batchSize);
  const rows = () =>
    database.sql.query<Record<string, unknown>>('select * from read_models.end_users order by id');
  const open = () => database.sql.query('select * from read_models.end_user_generations');

  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    log = new RecordedLog();
    await database.sql.query(
      `truncate ${endUsersProjector.tables.map(({ name }) => name).join(', ')}`,
    );
  });

  test.each([1, 3, 100])('in batches of %i, counts add up and open work is kept', async (size) => {
    log.record('usr_1', registered);
    log.record('g1', requestOf('usr_1'));
    log.record('g2', requestOf('usr_1'));
    log.record('g3', requestOf('usr_1'));
    log.record('g4', requestOf('usr_1'));
    log.record('g1', succeeded(30n));
    log.record('g2', exampleEvent('GenerationFailed'));
    log.record('g3', exampleEvent('GenerationCancelled'));
    log.record('usr_1', exampleEvent('EndUserPromptRefused'));
    await project(log.events, size);
    expect(await rows()).toEqual([
      {
        id: 'usr_1',
        tenant_id: 'ten_1',
        confidential: 'v1.sealed',
        data_key_id: 'dek_1',
        generations: 4,
        succeeded: 1,
        failed: 1,
        cancelled: 1,
        tokens_charged: '30',
        refused_prompts: 1,
        first_seen: new Date('2026-01-15T09:00:01.000Z'),
        last_seen: new Date('2026-01-15T09:00:09.000Z'),
        state: 'active',
        blocked_reason: null,
        erased: false,
        revision: 1,
      },
    ]);
    expect(await open()).toEqual([{ generation_id: 'g4', end_user_id: 'usr_1' }]);
  });

  test('generations may come before the registration of their end user', async () => {
    const [request] = log.record('g1', requestOf('usr_1'));
    const [outcome] = log.record('g1', succeeded(10n));
    const [registration] = log.record('usr_1', registered);
    await project([request!, outcome!, registration!], 1);
    const late = await rows();
    await database.sql.query(
      `truncate ${endUsersProjector.tables.map(({ name }) => name).join(', ')}`,
    );
    await project([registration!, request!, outcome!], 1);
    expect(await rows()).toEqual(late);
    expect(late).toMatchObject([
      { generations: 1, tokens_charged: '10', confidential: 'v1.sealed', revision: 0 },
    ]);
  });

  test('a block has a reason and ends with it', async () => {
    log.record('usr_1', registered, {
      type: 'EndUserBlocked',
      data: { reason: 'abuse', caseId: null },
    });
    await project();
    expect(await rows()).toMatchObject([{ state: 'blocked', blocked_reason: 'abuse' }]);
    const unblocked = {
      type: 'EndUserUnblocked',
      data: { reason: 'reviewed', caseId: null, stillBlocked: null },
    } as const;
    await project(log.record('usr_1', unblocked));
    expect(await rows()).toMatchObject([{ state: 'active', blocked_reason: null }]);
  });

  test('an erasure leaves counts and block, and no e-mail', async () => {
    log.record('usr_1', registered, {
      type: 'EndUserBlocked',
      data: { reason: 'abuse', caseId: null },
    });
    log.record('g1', requestOf('usr_1'), succeeded(10n));
    log.record('usr_1', { type: 'EndUserErased', data: { reason: 'asked for it' } });
    await project();
    expect(await rows()).toMatchObject([
      {
        erased: true,
        confidential: null,
        data_key_id: null,
        state: 'blocked',
        generations: 1,
        tokens_charged: '10',
      },
    ]);
    await project(log.record('usr_1', registered));
    expect(await rows()).toMatchObject([{ erased: false, confidential: 'v1.sealed' }]);
  });

  test('events of an end user and outcomes that come a second time change nothing', async () => {
    log.record('usr_1', registered, exampleEvent('EndUserPromptRefused'));
    log.record('g1', requestOf('usr_1'));
    await project();
    await project();
    const [outcome] = log.record('g1', succeeded(10n));
    await project([outcome!]);
    await project([outcome!]);
    expect(await rows()).toMatchObject([
      { refused_prompts: 1, generations: 1, succeeded: 1, tokens_charged: '10' },
    ]);
  });
});
