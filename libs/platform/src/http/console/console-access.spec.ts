import type { ApiKeyAuthenticator, RateLimits, Session } from '@imprest/application';
import { fixedClock, InMemoryRateLimits } from '@imprest/testkit';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorKeys } from '../../config/index.js';
import { loadRatePlan, RequestRates } from '../../rate-limits/index.js';
import type { Access } from '../access.js';
import { AccessHook } from '../access-hook.js';
import { renderNativeError } from '../native-errors.js';
import { toDomainError } from '../to-domain-error.js';
import { ConsoleGate } from './console-gate.js';
import { routeConsoleUrl } from './console-target.js';
import { MemberPrincipals } from './member-principals.js';

const csrfToken = 'c'.repeat(43);
const session = (parts: Partial<Session>): Session => ({
  userId: 'usr_ada',
  email: 'ada@example.com',
  operatorRoles: [],
  memberships: [],
  csrfToken,
  secondFactorPending: false,
  ...parts,
});
const sessions: Readonly<Record<string, Session>> = {
  owner: session({ memberships: [{ tenantId: 'studio', role: 'owner' }] }),
  viewer: session({ memberships: [{ tenantId: 'studio', role: 'viewer' }] }),
  finance: session({ userId: 'usr_fin', operatorRoles: ['finance'] }),
  chief: session({ userId: 'usr_chief', operatorRoles: ['owner'] }),
  pending: session({ secondFactorPending: true }),
};
const routes: Readonly<Record<string, Access>> = {
  '/v1/public': { kind: 'public' },
  '/v1/read': { kind: 'tenant', scope: 'generations:read', bucket: 'polling' },
  '/v1/write': { kind: 'tenant', scope: 'generations:write', bucket: 'images' },
  '/v1/misplaced': { kind: 'operator', area: 'any' },
  '/admin/v1/books': { kind: 'operator', area: 'finance' },
  '/admin/v1/jobs': { kind: 'operator', area: 'operations' },
  '/admin/v1/tenants': { kind: 'operator', area: 'any' },
  '/console/api/session': { kind: 'session', pending: true },
  '/console/api/session/password': { kind: 'session', pending: false },
  '/console/api/session/sign-in': { kind: 'visitor' },
};
const adminKey = 'a'.repeat(64);

let server: FastifyInstance;

function hook(enabled: boolean): AccessHook {
  const keys = { operators: [{ name: 'admin-key', key: adminKey, personal: false }] };
  const limits: RateLimits = new InMemoryRateLimits(fixedClock('2026-01-15T09:00:00.000Z'));
  const members = new MemberPrincipals({ tier: async () => null });
  const of = async (token: string) => sessions[token.replace(/_+$/, '')];
  return new AccessHook(
    { authenticate: () => undefined } as unknown as ApiKeyAuthenticator,
    keys as unknown as OperatorKeys,
    fixedClock('2026-01-15T09:00:00.000Z'),
    new RequestRates(limits, loadRatePlan()),
    () => undefined,
    new ConsoleGate({ of }, members, { enabled, publicUrl: undefined }),
  );
}

async function start(enabled: boolean): Promise<FastifyInstance> {
  const instance = fastify({ rewriteUrl: routeConsoleUrl });
  for (const part of ['principal', 'operator', 'session']) instance.decorateRequest(part, null);
  instance.addHook('onRequest', hook(enabled).handle);
  instance.setErrorHandler((error, request, reply) => {
    const { status, body } = renderNativeError(toDomainError(error), request.id);
    return reply.status(status).send(body);
  });
  for (const [url, access] of Object.entries(routes)) {
    const method = ['GET', 'POST'];
    instance.route({
      ...{ url, method, config: { access } },
      handler: ({ principal, operator, session: signedIn }) => ({
        tenantId: principal?.tenantId,
        as: principal?.apiKeyId,
        ...(operator && { operator }),
        user: signedIn?.userId,
      }),
    });
  }
  await instance.ready();
  return instance;
}

beforeEach(async () => {
  server = await start(true);
});

afterEach(() => server.close());

const cookieOf = (who: string) => `other=1; imprest_session=${who.padEnd(20, '_')}; last=2`;
const own = { 'sec-fetch-site': 'same-origin' };
const guarded = { ...own, 'x-csrf-token': csrfToken };

async function ask(who: string, method: 'GET' | 'POST', url: string, headers = {}) {
  const cookie = who === '' ? {} : { cookie: cookieOf(who) };
  const answer = await server.inject({ method, url, headers: { ...cookie, ...headers } });
  const { error, ...rest } = answer.json();
  return { status: answer.statusCode, error, rest, headers: answer.headers };
}

const STUDIO = '/console/api/tenants/studio';

describe('a member through the console', () => {
  it('speaks for the tenant with the scopes of the role', async () => {
    const read = await ask('viewer', 'GET', `${STUDIO}/v1/read`);
    const write = await ask('viewer', 'POST', `${STUDIO}/v1/write`, guarded);

    expect(read.rest).toEqual({ tenantId: 'studio', as: 'usr_ada', user: 'usr_ada' });
    expect(read.headers['cache-control']).toBe('no-store');
    expect(write).toMatchObject({ status: 403, error: { scope: 'generations:write' } });
    expect(write.error.message).toBe('your role lacks the scope generations:write');
    expect((await ask('owner', 'POST', `${STUDIO}/v1/write`, guarded)).status).toBe(200);
  });

  it.each(['read', 'write', 'public', 'nowhere'])(
    'finds no tenant that is another’s at %s',
    async (route) => {
      const url = `/console/api/tenants/other/v1/${route}`;

      expect((await ask('owner', 'GET', url)).status).toBe(404);
      expect((await ask('chief', 'GET', url)).status).toBe(404);
    },
  );

  it('reaches no route of another kind', async () => {
    expect((await ask('owner', 'GET', `${STUDIO}/v1/misplaced`)).status).toBe(404);
  });

  it.each([
    ['without the token', own],
    ['with another one', { ...own, 'x-csrf-token': 'd'.repeat(43) }],
    ['from another site', { ...guarded, 'sec-fetch-site': 'cross-site' }],
  ])('changes nothing %s', async (_, headers) => {
    expect((await ask('owner', 'POST', `${STUDIO}/v1/write`, headers)).status).toBe(403);
  });

  it('cannot be anyone who sends a key instead of a session', async () => {
    const headers = { authorization: `Bearer ${adminKey}`, 'x-api-key': adminKey };

    expect((await ask('', 'GET', `${STUDIO}/v1/read`, headers)).status).toBe(401);
    expect((await ask('', 'GET', '/console/api/operator/admin/v1/books', headers)).status).toBe(
      401,
    );
  });
});

describe('an operator through the console', () => {
  it('acts in person in the areas of the roles', async () => {
    const books = await ask('finance', 'GET', '/console/api/operator/admin/v1/books');
    const jobs = await ask('finance', 'GET', '/console/api/operator/admin/v1/jobs');

    expect(books.rest).toEqual({ operator: { name: 'usr_fin', personal: true }, user: 'usr_fin' });
    expect(jobs).toMatchObject({ status: 403, error: { code: 'forbidden', area: 'operations' } });
    expect((await ask('finance', 'GET', '/console/api/operator/admin/v1/tenants')).status).toBe(
      200,
    );
    expect((await ask('chief', 'GET', '/console/api/operator/admin/v1/jobs')).status).toBe(200);
  });

  it('is nobody who has no role', async () => {
    for (const route of ['books', 'jobs', 'tenants', 'nowhere']) {
      const url = `/console/api/operator/admin/v1/${route}`;
      expect((await ask('owner', 'GET', url)).status).toBe(403);
    }
  });
});

describe('a session', () => {
  it.each(['/v1/read', '/admin/v1/books'])('means nothing at %s itself', async (url) => {
    expect((await ask('owner', 'GET', url)).status).toBe(401);
    expect((await ask('chief', 'GET', url)).status).toBe(401);
  });

  it('waits for its second factor', async () => {
    expect((await ask('pending', 'GET', '/console/api/session')).status).toBe(200);
    expect((await ask('pending', 'GET', '/console/api/session/password')).status).toBe(401);
    expect((await ask('pending', 'GET', `${STUDIO}/v1/read`)).status).toBe(401);
  });

  it('begins at a page of the console only', async () => {
    const url = '/console/api/session/sign-in';

    expect((await ask('', 'POST', url, own)).status).toBe(200);
    expect((await ask('', 'POST', url)).status).toBe(403);
    expect((await ask('', 'POST', url.replace('api', '%61pi'))).status).toBe(403);
  });

  it('is none where there is no console', async () => {
    await server.close();
    server = await start(false);

    for (const url of [
      `${STUDIO}/v1/read`,
      '/console/api/session',
      '/console/api/session/sign-in',
    ]) {
      expect((await ask('owner', 'GET', url)).status).toBe(404);
    }
  });
});
