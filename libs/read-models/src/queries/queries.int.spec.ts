import { InvalidCursor } from '@imprest/application';
import type { DomainEvent } from '@imprest/domain';
import { exampleEvent, generationRequest, priceQuote, storedImage } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiKeyUsage } from '../api-key-usage.js';
import { createDataSource } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import {
  assetsProjector,
  endUsersProjector,
  generationsProjector,
  tenancyProjector,
  webhookMessagesProjector,
} from '../projections/index.js';
import {
  AssetQueries,
  EndUserQueries,
  type EndUserSort,
  endUserSorts,
  GenerationQueries,
  TenancyQueries,
  WebhookQueries,
} from './index.js';

let database: ProjectionDatabase;
let dataSource: DataSource;
const log = new RecordedLog();
const at = (seconds: number) => new Date(Date.parse('2026-01-15T09:00:00.000Z') + seconds * 1_000);

const request = (endUserId: string, model: string, tenantId = 'ten_1'): DomainEvent => ({
  type: 'GenerationRequested',
  data: generationRequest({ tenantId, endUserId, price: priceQuote({ model }) }),
});
const registered = (tenantId = 'ten_1'): DomainEvent => ({
  type: 'EndUserRegistered',
  data: { ...exampleEvent('EndUserRegistered').data, tenantId },
});

function someHistory(): void {
  log.record('usr_1', registered());
  log.record('usr_2', registered());
  log.record('usr_3', registered());
  log.record('usr_9', registered('ten_2'));
  log.record('g1', request('usr_1', 'landscape-1')); // at 5 s
  log.record('g2', request('usr_1', 'portrait-1'));
  log.record('g3', request('usr_2', 'landscape-1'));
  log.record('g4', request('usr_2', 'landscape-1'));
  log.record('g5', request('usr_9', 'landscape-1', 'ten_2'));
  log.record('g6', request('usr_1', 'landscape-1'));
  log.record('g1', { type: 'ImageStored', data: storedImage(0, { assetId: 'img_1' }) });
  log.record('g1', exampleEvent('GenerationSucceeded')); // at 12 s
  log.record('g2', exampleEvent('GenerationFailed'));
  log.record('g3', { type: 'ImageStored', data: storedImage(0, { assetId: 'img_3' }) });
  log.record('g3', exampleEvent('GenerationSucceeded')); // at 15 s
  log.record('g6', exampleEvent('GenerationCancelled'), exampleEvent('GenerationErased'));
  log.record('usr_3', exampleEvent('EndUserErased'));
  log.record('usr_2', exampleEvent('EndUserBlocked'));
  log.record('ten_1', exampleEvent('TenantCreated'));
  log.record('ten_2', exampleEvent('TenantCreated'));
  for (const id of ['key_1', 'key_2', 'key_3']) {
    const { data } = exampleEvent('ApiKeyIssued');
    const tenantId = id === 'key_3' ? 'ten_2' : 'ten_1';
    log.record(id, { type: 'ApiKeyIssued', data: { ...data, tenantId, name: id } });
  }
  for (const [id, generationId] of [
    ['msg_1', 'g1'],
    ['msg_2', 'g2'],
    ['msg_3', 'g1'],
  ] as const) {
    const about = { kind: 'generation', id: generationId } as const;
    log.record(id, {
      type: 'WebhookMessageCreated',
      data: {
        ...{ tenantId: 'ten_1', about, endpointId: id === 'msg_2' ? 'whk_2' : null },
        ...{ event: 'generation.completed', sequence: null },
      },
    });
  }
  log.record('msg_2', exampleEvent('WebhookAttempted'), exampleEvent('WebhookMessageWithdrawn'));
}

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
  dataSource = await createDataSource({ url: database.url });
  someHistory();
  for (const projector of [
    assetsProjector,
    endUsersProjector,
    generationsProjector,
    tenancyProjector,
    webhookMessagesProjector,
  ]) {
    const wanted = log.events.filter(({ stream }) =>
      projector.categories.includes(stream.slice(0, stream.indexOf('-'))),
    );
    await database.project(projector, wanted);
  }
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

describe('generations', () => {
  const list = async (filter: Partial<Parameters<GenerationQueries['list']>[0]> = {}) => {
    const queries = new GenerationQueries(dataSource);
    const all = { tenantId: 'ten_1', limit: 10, expiredBefore: at(14), ...filter };
    const { items, nextCursor } = await queries.list(all);
    return { ids: items.map(({ id }) => id), items, nextCursor };
  };

  test('come newest first, of one tenant, without erased ones', async () => {
    expect((await list()).ids).toEqual(['g4', 'g3', 'g2', 'g1']);
    expect((await list({ tenantId: 'ten_2' })).ids).toEqual(['g5']);
    expect((await list()).items[1]).toMatchObject({ status: 'succeeded', charged: '30' });
  });

  test.each([
    [{ endUserId: 'usr_1' }, ['g2', 'g1']],
    [{ model: 'portrait-1' }, ['g2']],
    [{ id: 'g3' }, ['g3']],
    [{ id: 'g5' }, []],
    [{ status: 'queued' }, ['g4']],
    [{ status: 'failed' }, ['g2']],
    [{ status: 'cancelled' }, []],
    [{ status: 'succeeded' }, ['g3']],
    [{ status: 'expired' }, ['g1']],
    [{ from: at(6) }, ['g4', 'g3', 'g2']],
    [{ to: at(6) }, ['g1']],
    [{ from: at(6), to: at(7), endUserId: 'usr_1', model: 'portrait-1', status: 'failed' }, ['g2']],
    [{ endUserId: 'usr_9' }, []],
  ] as const)('filtered by %j', async (filter, ids) => {
    expect((await list(filter)).ids).toEqual(ids);
  });

  test('come oldest first where that is asked for, over all pages', async () => {
    const first = await list({ sort: 'createdAt', limit: 3 });
    expect(first.ids).toEqual(['g1', 'g2', 'g3']);
    const second = await list({ sort: 'createdAt', limit: 3, cursor: first.nextCursor! });
    expect(second).toMatchObject({ ids: ['g4'], nextCursor: null });
    await expect(list({ cursor: first.nextCursor! })).rejects.toThrow(InvalidCursor);
  });

  test('pages go on after the last row, whatever comes in meanwhile', async () => {
    const first = await list({ limit: 2 });
    expect(first).toMatchObject({ ids: ['g4', 'g3'], nextCursor: expect.any(String) });
    const late = new RecordedLog();
    late.clock.advance(60_000);
    await database.project(
      generationsProjector,
      late.record('g7', request('usr_1', 'landscape-1')),
    );
    const second = await list({ limit: 2, cursor: first.nextCursor! });
    expect(second).toMatchObject({ ids: ['g2', 'g1'], nextCursor: null });
    await database.sql.query("delete from read_models.generations where id = 'g7'");
  });

  test('are complete up to where their projector has come', async () => {
    const queries = new GenerationQueries(dataSource);
    expect(await queries.position()).toBe(0n);
    await database.sql.query(
      "insert into read_models.checkpoints (consumer, position) values ('generations', 42)",
    );
    expect(await queries.position()).toBe(42n);
  });

  test('of one moment come once each', async () => {
    const insert = `insert into read_models.generations
      select 'same_' || n, 'ten_3', 'usr_1', 'key', 'xmode', 'landscape-1', 'queued', $1, null, false,
        json_build_object('id', 'same_' || n), 0 from generate_series(1, 9) n`;
    await database.sql.query(insert, [at(0)]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ tenantId: 'ten_3', limit: 2, cursor });
      seen.push(...page.ids);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1].map((n) => `same_${n}`));
  });

  test.each([
    'nonsense',
    '',
    Buffer.from('["2026-01-15T09:00:00.000Z"]').toString('base64url'),
    Buffer.from('["-createdAt","yesterday","g1"]').toString('base64url'),
    Buffer.from('["-createdAt","2026-01-15T09:00:00.000Z",7]').toString('base64url'),
    Buffer.from('["-createdAt","2026-01-15T09:00:00.000Z","a\\u0000"]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
    'x'.repeat(10_000),
  ])('a cursor that no list gave out is refused (%#)', async (cursor) => {
    await expect(list({ cursor })).rejects.toThrow(InvalidCursor);
  });

  test.each([0, -1, 1.5, 5_001, Number.NaN])('a limit of %d is refused', async (limit) => {
    await expect(list({ limit })).rejects.toThrow(RangeError);
  });
});

describe('end users', () => {
  test('with an e-mail are listed and found, the others are not', async () => {
    const queries = new EndUserQueries(dataSource);
    const page = await queries.list({ tenantId: 'ten_1', limit: 1 });
    expect(page.items).toEqual([
      {
        id: 'usr_2',
        tenantId: 'ten_1',
        confidential: exampleEvent('EndUserRegistered').data.confidential,
        dataKeyId: exampleEvent('EndUserRegistered').data.dataKeyId,
        generations: 2,
        succeeded: 1,
        failed: 0,
        cancelled: 0,
        tokensCharged: '30',
        refusedPrompts: 0,
        firstSeen: at(2).toISOString(),
        lastSeen: at(8).toISOString(),
        state: 'blocked',
        blockedReason: 'repeated refused prompts',
      },
    ]);
    const cursor = page.nextCursor!;
    const second = await queries.list({ tenantId: 'ten_1', limit: 5, cursor });
    expect(second).toMatchObject({ items: [{ id: 'usr_1' }], nextCursor: null });
    expect(await queries.get('ten_1', 'usr_1')).toMatchObject({ generations: 3, cancelled: 1 });
    expect(await queries.get('ten_1', 'usr_3')).toBeUndefined();
    expect(await queries.get('ten_1', 'usr_9')).toBeUndefined();
  });
});

describe('end users in another order', () => {
  const queries = () => new EndUserQueries(dataSource);
  const idsOf = (page: { readonly items: readonly { readonly id: string }[] }) =>
    page.items.map(({ id }) => id);

  const sorts = endUserSorts.flatMap((key) => [key, `-${key}`] as const);
  test.each(sorts)('come page after page, each once, by %s', async (sort) => {
    const all = await queries().list({ tenantId: 'ten_1', sort, limit: 5 });
    const first = await queries().list({ tenantId: 'ten_1', sort, limit: 1 });
    const cursor = first.nextCursor!;
    const second = await queries().list({ tenantId: 'ten_1', sort, limit: 5, cursor });
    expect([...idsOf(first), ...idsOf(second)]).toEqual(idsOf(all));
    const key = sort.replace('-', '') as EndUserSort;
    const by = all.items.map(({ tokensCharged, ...view }) =>
      key === 'spent' ? Number(tokensCharged) : Date.parse(view[key]),
    );
    expect(by).toEqual([...by].sort((a, b) => (sort === key ? a - b : b - a)));
  });

  test('may be those in one state', async () => {
    const blocked = await queries().list({ tenantId: 'ten_1', state: 'blocked', limit: 5 });
    expect(idsOf(blocked)).toEqual(['usr_2']);
  });

  test('refuse a cursor of another order, and say which one is meant', async () => {
    const { nextCursor } = await queries().list({ tenantId: 'ten_1', limit: 1 });
    const wrong = { tenantId: 'ten_1', sort: 'spent', limit: 1, cursor: nextCursor! } as const;
    await expect(queries().list(wrong)).rejects.toThrow('cursor is not one of sort=spent');
  });
});

describe('tenancy', () => {
  test('keys are listed with when they were last used, and without a hash', async () => {
    const usage = new ApiKeyUsage(dataSource);
    const [first, second] = [at(100).getTime(), at(200).getTime()];
    await usage.record(new Map([['key_1', { requests: 3, lastUsedMs: second }]]));
    await usage.record(new Map([['key_1', { requests: 2, lastUsedMs: first }]]));
    await usage.record(new Map());
    const { items } = await new TenancyQueries(dataSource).listKeys({
      tenantId: 'ten_1',
      limit: 5,
    });
    expect(items).toMatchObject([
      { id: 'key_2', requests: '0', lastUsedAt: null },
      { id: 'key_1', requests: '5', lastUsedAt: at(200).toISOString(), revokedAt: null },
    ]);
    expect(Object.keys(items[0]!).sort()).toEqual([
      ...['createdAt', 'expiresAt', 'id', 'lastUsedAt', 'models', 'name', 'prefix', 'requests'],
      ...['requestsPerMinute', 'revokedAt', 'revokedReason', 'rotatedTo', 'scopes'],
      ...['tenantId', 'validUntil'],
    ]);
  });

  test('tenants come newest first, in pages', async () => {
    const queries = new TenancyQueries(dataSource);
    const { items, nextCursor } = await queries.tenants({ limit: 1 });
    expect(items).toMatchObject([{ id: 'ten_2', name: 'Atlas Travel Guides' }]);
    const last = await queries.tenants({ limit: 1, cursor: nextCursor! });
    expect(last).toMatchObject({ items: [{ id: 'ten_1' }], nextCursor: null });
  });
});

describe('webhook messages', () => {
  test.each([
    [{}, ['msg_3', 'msg_2', 'msg_1']],
    [{ tenantId: 'ten_1' }, ['msg_3', 'msg_2', 'msg_1']],
    [{ tenantId: 'ten_2' }, []],
    [{ generationId: 'g1' }, ['msg_3', 'msg_1']],
    [{ status: 'withdrawn' }, ['msg_2']],
  ] as const)('filtered by %j', async (filter, ids) => {
    const { items } = await new WebhookQueries(dataSource).listMessages({ ...filter, limit: 5 });
    expect(items.map(({ id }) => id)).toEqual(ids);
  });

  test('one is found with its attempts', async () => {
    const queries = new WebhookQueries(dataSource);
    expect(await queries.get('msg_2')).toMatchObject({ status: 'withdrawn', attempts: 1 });
    expect(await queries.get('msg_9')).toBeUndefined();
    expect(await queries.attempts('msg_2')).toMatchObject([
      { attempt: 1, outcome: 'retry', status: 503, nextAttemptAt: '2026-01-15T09:00:35.000Z' },
    ]);
  });
});

test('outcomes of the last attempts are told by endpoint', async () => {
  const queries = new WebhookQueries(dataSource);
  expect(await queries.recentOutcomes('ten_1', 50)).toEqual(new Map([['whk_2', ['retry']]]));
  expect(await queries.recentOutcomes('ten_1', 0)).toEqual(new Map());
  expect(await queries.recentOutcomes('ten_2', 50)).toEqual(new Map());
});

describe('assets', () => {
  test('stored before a time come oldest first', async () => {
    const queries = new AssetQueries(dataSource);
    const ids = async (time: Date, limit = 5) =>
      (await queries.storedBefore(time, limit)).map(({ assetId }) => assetId);
    expect(await ids(at(100))).toEqual(['img_1', 'img_3']);
    expect(await ids(at(100), 1)).toEqual(['img_1']);
    expect(await ids(at(14))).toEqual(['img_1']);
    expect(await queries.ofGeneration('g3')).toMatchObject([
      { assetId: 'img_3', tenantId: 'ten_1', bytes: 4_812_377n },
    ]);
  });

  test('of dialects whose images stay are left out', async () => {
    const queries = new AssetQueries(dataSource);
    expect(await queries.storedBefore(at(100), 5, ['xmode'])).toEqual([]);
    expect(await queries.storedBefore(at(100), 5, ['xavira'])).toHaveLength(2);
  });

  test('of an erased generation are no longer stored', async () => {
    await database.project(assetsProjector, log.record('g1', exampleEvent('GenerationErased')));
    const queries = new AssetQueries(dataSource);
    expect(await queries.storedBefore(at(100), 5)).toMatchObject([{ assetId: 'img_3' }]);
    expect(await queries.ofGeneration('g1')).toMatchObject([{ assetId: 'img_1', erased: true }]);
  });
});
