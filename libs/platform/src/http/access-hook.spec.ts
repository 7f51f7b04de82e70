import {
  ApiKeyAuthenticator,
  ApiKeys,
  type ApiKeyTerms,
  DeciderRunner,
  deriveSecrets,
  type Principal,
  StreamChanges,
  Tenants,
} from '@imprest/application';
import {
  type FixedClock,
  fixedClock,
  InMemoryDataKeys,
  InMemoryEventStore,
  InMemoryRateLimits,
  InMemorySnapshotStore,
} from '@imprest/testkit';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadRatePlan, RequestRates } from '../rate-limits/index.js';
import type { Access } from './access.js';
import { AccessHook } from './access-hook.js';
import { ConsoleGate } from './console/index.js';
import { renderNativeError } from './native-errors.js';
import { toDomainError } from './to-domain-error.js';

const context = {
  correlationId: 'test',
  causationId: 'test',
  actor: { kind: 'operator', id: 'admin-key' },
} as const;
const secrets = deriveSecrets(Buffer.alloc(32, 7));
const keys = {
  secrets,
  adminKey: `imp_admin_${'a'.repeat(64)}`,
  operators: [
    { name: 'admin-key', key: `imp_admin_${'a'.repeat(64)}`, personal: false },
    { name: 'ada', key: 'c'.repeat(64), personal: true },
  ],
  adminKeyIsNew: false,
  demoKey: '',
  workerKey: 'b'.repeat(64),
};
const routes: Readonly<Record<string, Access>> = {
  '/open': { kind: 'public' },
  '/write': { kind: 'tenant', scope: 'generations:write', bucket: 'images' },
  '/read': { kind: 'tenant', scope: 'generations:read', bucket: 'polling' },
  '/admin': { kind: 'operator', area: 'finance' },
  '/worker': { kind: 'worker' },
};

let clock: FixedClock;
let apiKeys: ApiKeys;
let tenants: Tenants;
let server: FastifyInstance;
let uses: Principal[];

beforeEach(async () => {
  clock = fixedClock('2026-01-15T09:00:00.000Z');
  const store = new InMemoryEventStore();
  const runner = new DeciderRunner({ store, snapshots: new InMemorySnapshotStore(), clock });
  apiKeys = new ApiKeys(runner, secrets, clock);
  tenants = new Tenants(runner, new InMemoryDataKeys(), clock);
  uses = [];
  const authenticator = new ApiKeyAuthenticator(
    runner,
    secrets,
    clock,
    new StreamChanges(store, clock),
  );
  const rates = new RequestRates(new InMemoryRateLimits(clock), loadRatePlan());
  const nobody = { of: async () => undefined };
  const hook = new AccessHook(
    authenticator,
    keys,
    clock,
    rates,
    (principal) => uses.push(principal),
    new ConsoleGate(nobody, nobody, { enabled: true, publicUrl: undefined }),
  );
  server = fastify({ genReqId: () => 'request-1' });
  server.decorateRequest('principal', null);
  server.decorateRequest('operator', null);
  server.decorateRequest('session', null);
  server.addHook('onRequest', hook.handle);
  server.setErrorHandler((error, request, reply) => {
    const { status, body } = renderNativeError(toDomainError(error), request.id);
    return reply.status(status).send(body);
  });
  for (const [url, access] of Object.entries(routes)) {
    server.get(url, { config: { access } }, (request) => ({
      for: request.principal?.tenantId,
      operator: request.operator ?? undefined,
    }));
  }
  await server.ready();
});

afterEach(() => server.close());

async function newKey(terms: Partial<ApiKeyTerms> = {}): Promise<string> {
  const defaults = { name: 'test', expiresAt: null, requestsPerMinute: 100 };
  return (await apiKeys.issue('studio', 'test', { ...defaults, ...terms }, context)).key;
}

const get = (url: string, headers: Record<string, string> = {}) =>
  server.inject({ method: 'GET', url, headers });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('any request', () => {
  it('is answered with its id, refused or not', async () => {
    for (const url of ['/open', '/read', '/nowhere']) {
      expect((await get(url)).headers['x-request-id']).toBe('request-1');
    }
  });
});

describe('a route of tenants', () => {
  it.each(['authorization', 'x-api-key'])('takes a key in the header %s', async (header) => {
    const key = await newKey();
    const answer = await get('/read', { [header]: header === 'x-api-key' ? key : `bearer ${key}` });

    expect(answer.json()).toEqual({ for: 'studio' });
  });

  it.each([
    ['no key', {}],
    ['an empty key', { 'x-api-key': '' }],
    ['a key of another form', { 'x-api-key': 'imp_test_short' }],
    ['another scheme', { authorization: 'Basic c3R1ZGlvOnNlY3JldA==' }],
    ['a scheme alone', { authorization: 'Bearer' }],
    ['the operator’s key', bearer(keys.adminKey)],
    ['the key of the workers', bearer(keys.workerKey)],
  ])('refuses %s', async (_, headers) => {
    const answer = await get('/read', headers);

    expect(answer.statusCode).toBe(401);
    expect(answer.json().error.code).toBe('unauthorized');
    expect(answer.headers).not.toHaveProperty('x-ratelimit-limit');
  });

  it('refuses a well-formed key that was never issued, and one that has expired', async () => {
    const key = await newKey({ expiresAt: '2026-01-15T09:00:01.000Z' });
    const last = key.at(-1) === 'A' ? 'B' : 'A';
    expect((await get('/read', bearer(key.slice(0, -1) + last))).statusCode).toBe(401);
    expect((await get('/read', bearer(key))).statusCode).toBe(200);
    clock.advance(1_000);
    expect((await get('/read', bearer(key))).statusCode).toBe(401);
  });

  it('refuses a key without its scope, naming the scope', async () => {
    const key = await newKey({ scopes: ['generations:read'] });

    expect((await get('/read', bearer(key))).statusCode).toBe(200);
    const answer = await get('/write', bearer(key));
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error).toMatchObject({ code: 'forbidden', scope: 'generations:write' });
  });

  it('says what is left, and after the last one how long to wait', async () => {
    const key = await newKey({ requestsPerMinute: 1 });
    const first = await get('/write', bearer(key));
    clock.advance(20_500);
    const second = await get('/write', bearer(key));

    const reset = String(Date.parse('2026-01-15T09:01:00.000Z') / 1000);
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '1',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': reset,
    });
    expect(second.statusCode).toBe(429);
    expect(second.headers).toMatchObject({ 'retry-after': '40', 'x-ratelimit-reset': reset });
    expect(second.json().error).toMatchObject({
      code: 'rate_limited',
      retryAfter: 40,
      retryable: true,
      charged: false,
    });
  });

  it('tells of every limit in the words of the draft standard', async () => {
    const key = await newKey({ requestsPerMinute: 3 });
    const { headers } = await get('/write', bearer(key));

    expect(headers['ratelimit-policy']).toBe('"key";q=3;w=60, "tenant";q=1000000;w=60');
    expect(headers.ratelimit).toBe('"key";r=2;t=60, "tenant";r=999999;t=60');
  });

  it('grants more on a higher tier', async () => {
    const key = await newKey({ requestsPerMinute: 3 });
    await get('/write', bearer(key));
    await tenants.create('studio', 'Studio', context);
    await tenants.assignTier('studio', 'scale', context);
    clock.advance(5_000);

    expect((await get('/write', bearer(key))).headers).toMatchObject({
      'x-ratelimit-limit': '6',
      'x-ratelimit-remaining': '4',
    });
  });

  it('never asks to wait a whole minute', async () => {
    const key = await newKey({ requestsPerMinute: 1 });
    await get('/write', bearer(key));

    expect((await get('/write', bearer(key))).headers['retry-after']).toBe('59');
  });

  it('counts reading apart from generating', async () => {
    const key = await newKey({ requestsPerMinute: 1 });
    await get('/write', bearer(key));

    expect((await get('/read', bearer(key))).statusCode).toBe(200);
  });

  it('records the use of a key that was let in, and only of that', async () => {
    const key = await newKey({ requestsPerMinute: 2, scopes: ['generations:read'] });
    await get('/read', bearer(key));
    await get('/write', bearer(key));
    await get('/read', bearer(key));
    await get('/read', bearer(key));

    expect(uses).toHaveLength(2);
    expect(uses[0]).toMatchObject({ tenantId: 'studio' });
  });
});

describe.each([
  ['/admin', keys.adminKey, keys.workerKey],
  ['/worker', keys.workerKey, keys.adminKey],
])('the route %s', (url, right, wrong) => {
  it('takes its own key only', async () => {
    const tenantKey = await newKey();

    expect((await get(url, bearer(right))).statusCode).toBe(200);
    expect((await get(url, { 'x-api-key': right })).statusCode).toBe(200);
    for (const headers of [{}, bearer(wrong), bearer(tenantKey), bearer(`${right}x`), bearer('')]) {
      expect((await get(url, headers)).statusCode).toBe(401);
    }
  });
});

describe('a route of operators', () => {
  it.each([
    ['the admin key', keys.adminKey, { name: 'admin-key', personal: false }],
    ['a key of one’s own', 'c'.repeat(64), { name: 'ada', personal: true }],
  ])('knows who sends %s', async (_, key, operator) => {
    expect((await get('/admin', bearer(key))).json().operator).toEqual(operator);
    expect((await get('/worker', bearer(key))).statusCode).toBe(401);
  });
});

describe('a public route', () => {
  it('asks for no key and minds no wrong one', async () => {
    expect((await get('/open')).statusCode).toBe(200);
    expect((await get('/open', bearer('nonsense'))).statusCode).toBe(200);
  });
});
