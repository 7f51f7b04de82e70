import type { Actor, EventType, RecordedEvent } from '@imprest/event-catalogue';
import { exampleEvent, tokensHeld } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import { AuditTrailQueries, ControlRoomQueries } from '../queries/index.js';
import { controlRoomProjector } from './index.js';

let database: ProjectionDatabase;
let dataSource: DataSource;
let log: RecordedLog;

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  dataSource = await createDataSource({ url: database.url });
});
beforeEach(async () => {
  log = new RecordedLog();
  await database.sql.query('truncate read_models.audit_trail, read_models.accepted_minutes');
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const by = (kind: Actor['kind'], id: string, [event] = log.events.slice(-1)) => ({
  ...event!,
  metadata: { ...event!.metadata, actor: { kind, id } },
});

test('what operators and members did is found by who, what, whom and when, newest first', async () => {
  const acts = [];
  for (const [kind, id, tenant] of [
    ['operator', 'admin', 'ten_1'],
    ['user', 'usr_1', 'ten_1'],
    ['apiKey', 'key_1', 'ten_1'],
    ['operator', 'admin', 'ten_2'],
  ] as const) {
    log.record(tenant, exampleEvent('AccountFrozen'));
    acts.push(by(kind, id));
  }
  await database.project(controlRoomProjector, acts, 2);
  const audit = new AuditTrailQueries(dataSource);
  const found = async (filter: object) =>
    (await audit.search({ limit: 10, ...filter })).items.map(({ stream, actor }) => [
      stream,
      actor.id,
    ]);

  const all = [
    ['tokenAccount-ten_2', 'admin'],
    ['tokenAccount-ten_1', 'usr_1'],
    ['tokenAccount-ten_1', 'admin'],
  ];
  expect(await found({})).toEqual(all);
  expect(await found({ actor: 'usr_1' })).toEqual([all[1]]);
  expect(await found({ tenantId: 'ten_2', action: 'AccountFrozen' })).toEqual([all[0]]);
  expect(await found({ action: 'AccountUnfrozen' })).toEqual([]);
  const since = new Date(acts[3]!.metadata.occurredAt);
  expect(await found({ since })).toEqual([all[0]]);
  expect(await found({ until: since })).toEqual(all.slice(1));
  const { items, nextCursor } = await audit.search({ limit: 1 });
  expect(items[0]).toMatchObject({ action: 'AccountFrozen', tenantId: 'ten_2', revision: 0 });
  expect(items[0]?.reason).toBeTruthy();
  expect(await found({ cursor: nextCursor })).toEqual(all.slice(1));
});

test('deeds on single things are found by what they were done to and what that is', async () => {
  const acts: RecordedEvent[] = [];
  const act = (id: string, type: EventType, kind: Actor['kind']) => {
    log.record(id, exampleEvent(type));
    acts.push(by(kind, kind === 'system' ? 'background-runs' : 'admin'));
  };
  act('req_1', 'GenerationRequested', 'apiKey');
  act('req_1', 'GenerationCancelled', 'operator');
  act('req_1', 'GenerationErased', 'system');
  act('msg_1', 'WebhookRedeliveryRequested', 'user');
  act('run_1', 'OperatorRunBegun', 'operator');
  act('run_1', 'OperatorRunEnded', 'system');
  await database.project(controlRoomProjector, acts, 2);
  const audit = new AuditTrailQueries(dataSource);
  const found = async (filter: object) =>
    (await audit.search({ limit: 10, ...filter })).items.map(({ action }) => action);

  const runs = ['OperatorRunEnded', 'OperatorRunBegun'];
  expect(await found({})).toEqual([...runs, 'WebhookRedeliveryRequested', 'GenerationCancelled']);
  expect(await found({ target: 'req_1' })).toEqual(['GenerationCancelled']);
  expect(await found({ category: 'webhookMessage', actor: 'admin' })).toEqual([
    'WebhookRedeliveryRequested',
  ]);
  for (const target of ['run_1', 'journal', 'projection-rebuild']) {
    expect(await found({ target })).toEqual(runs);
  }
  expect(await found({ target: "'; --" })).toEqual([]);
  expect(await found({ target: 'journal', category: 'generation' })).toEqual([]);
});

test('requests accepted are counted by the minute, over several batches', async () => {
  for (let n = 0; n < 90; n += 1) log.record('ten_1', tokensHeld(`g${n}`, { paid: 1n }));
  await database.project(controlRoomProjector, log.events, 7);
  const counts = new ControlRoomQueries(dataSource);

  const { now, fiveMinutes, hour } = await counts.accepted(log.clock.now());
  expect(now).toBeGreaterThanOrEqual(59);
  expect(now).toBeLessThanOrEqual(61);
  expect(fiveMinutes).toBeCloseTo(18, 0);
  expect(hour).toBe(1.5);
  log.clock.advance(3_700_000);
  expect(await counts.accepted(log.clock.now())).toEqual({ now: 0, fiveMinutes: 0, hour: 0 });
});

test('nothing that is counted is there at first', async () => {
  const counts = new ControlRoomQueries(dataSource);
  const now = log.clock.now();
  expect(await counts.deadLetters(now)).toEqual({ waiting: 0, lastDay: 0 });
  expect(await counts.settledDeliveries(now)).toEqual({ delivered: 0, failed: 0 });
  expect(await counts.openFindings()).toEqual([]);
});
