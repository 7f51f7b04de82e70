import { scopesOfRole } from '@imprest/application';
import { operatorRoles, tenantRoles } from '@imprest/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../support/api-client.js';
import type { DescribedOperation } from '../../support/api-document.js';
import { ConsoleSession } from '../../support/console-session.js';
import { ImprestProgram } from '../../support/imprest-program.js';
import {
  addressOf,
  areaOf,
  exceptions,
  isSafe,
  ofOperators,
  ofTenants,
  scopeOf,
  startingWith,
} from '../../support/route-walk.js';

type TenantRole = (typeof tenantRoles)[number];
type OperatorRole = (typeof operatorRoles)[number];

let program: ImprestProgram;
let studio: Record<TenantRole, ConsoleSession>;
let stranger: ConsoleSession;
let desk: Record<OperatorRole, ConsoleSession>;

async function memberOf(tenantId: string, role: TenantRole): Promise<ConsoleSession> {
  const path = `/admin/v1/tenants/${tenantId}/members/invitations`;
  const admin = new ApiClient(program.url, program.adminKey);
  const email = `${role}@${tenantId}.example`;
  const { body } = await admin.post(path, { email, role });
  return ConsoleSession.byInvitation(program.url, body.link);
}

async function operator(role: OperatorRole): Promise<ConsoleSession> {
  const admin = new ApiClient(program.url, program.adminKey);
  const email = `${role}@operator.example`;
  const { body } = await admin.post('/admin/v1/users', { email, roles: [role], reason: 'trial' });
  return ConsoleSession.byLink(program.url, body.link);
}

const each = async <Name extends string>(
  names: readonly Name[],
  make: (name: Name) => Promise<ConsoleSession>,
) =>
  Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await make(name)] as const)),
  ) as Record<Name, ConsoleSession>;

beforeAll(async () => {
  program = await ImprestProgram.create();
  await program.start();
  const admin = new ApiClient(program.url, program.adminKey);
  for (const id of ['studio', 'other']) await admin.post('/admin/v1/tenants', { id, name: id });
  studio = await each(tenantRoles, (role) => memberOf('studio', role));
  stranger = await memberOf('other', 'owner');
  desk = await each(operatorRoles, operator);
});

afterAll(() => program.dispose());

/** A session that asks for each route below a prefix of the console. */
const asks =
  (session: ConsoleSession, prefix: string, headers = {}) =>
  (operation: DescribedOperation) =>
    session.call(operation.method, prefix + addressOf(operation), undefined, {
      ...session.headers,
      ...headers,
    });

const STUDIO = '/tenants/studio';

describe('a session of another tenant', () => {
  it.each(['studio', 'nobody'])('finds nothing at any route of %s', async (tenantId) => {
    const foreign = asks(stranger, `/tenants/${tenantId}`);

    expect(ofTenants.length).toBeGreaterThan(60);
    expect(await exceptions(ofTenants, foreign, () => [404])).toEqual([]);
  });

  it('is not let in by being an operator either', async () => {
    expect(await exceptions(ofTenants, asks(desk.owner, STUDIO), () => [404])).toEqual([]);
  });
});

describe('a member', () => {
  it.each(tenantRoles)('who is %s is refused what the role has no scope for', async (role) => {
    const scopes: ReadonlySet<string> = scopesOfRole(role);
    const closed = ofTenants.filter((operation) => !scopes.has(scopeOf(operation)));
    const refused = (operation: DescribedOperation) => [403, scopeOf(operation)] as const;

    expect(await exceptions(closed, asks(studio[role], STUDIO), refused)).toEqual([]);
    expect(closed.length > 0).toBe(role !== 'owner');
  });

  it('reads what the role is for', async () => {
    const status = async (role: TenantRole, path: string) =>
      (await studio[role].call('GET', STUDIO + path)).status;
    const balances = tenantRoles.map((role) => status(role, '/v1/balance'));

    expect(await Promise.all(balances)).toEqual([200, 200, 200, 200]);
    expect(await status('finance', '/v1/ledger/entries')).toBe(200);
    expect(await status('viewer', '/v1/ledger/entries')).toBe(403);
  });

  it.each([
    ['without the token of the page', { 'x-csrf-token': '' }],
    ['from another site', { origin: 'https://elsewhere.example' }],
    ['from another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
  ])('changes nothing %s', async (_, headers) => {
    const changing = ofTenants.filter((operation) => !isSafe(operation));
    const ask = asks(studio.owner, STUDIO, headers);

    expect(await exceptions(changing, ask, () => [403])).toEqual([]);
  });

  it('is no operator', async () => {
    const refused = (operation: DescribedOperation) => [403, areaOf(operation) || 'any'] as const;

    expect(await exceptions(ofOperators, asks(studio.owner, '/operator'), refused)).toEqual([]);
  });
});

describe('an operator', () => {
  it.each(operatorRoles)('for %s is refused what is another’s area', async (role) => {
    const isOpen = (operation: DescribedOperation) =>
      role === 'owner' || ['', role].includes(areaOf(operation));
    const closed = ofOperators.filter((operation) => !isOpen(operation));
    const refused = (operation: DescribedOperation) =>
      [403, `"area":"${areaOf(operation)}"`] as const;

    expect(await exceptions(closed, asks(desk[role], '/operator'), refused)).toEqual([]);
    expect((await desk[role].call('GET', '/operator/admin/v1/tenants')).status).toBe(200);
  });

  it('signed in is one of the two people that a large credit takes', async () => {
    const path = '/operator/admin/v1/tenants/studio/manual-credits';
    const credit = {
      ...{ amount: '500.00', currency: 'EUR', tokens: 50_000 },
      ...{ reference: 'R1', reason: 'paid by transfer' },
    };
    const proposed = await desk.finance.call('POST', path, credit);
    const review = `/operator/admin/v1/top-ups/${proposed.body.id}/review`;
    const decision = { decision: 'credit', reason: 'seen on the account' };
    const bySelf = await desk.finance.call('POST', review, decision);
    const byOther = await desk.owner.call('POST', review, decision);

    expect(proposed.body.status).toBe('under_review');
    expect(bySelf.status).toBe(403);
    expect(bySelf.body.error.message).toContain(desk.finance.userId);
    expect(byOther.status).toBe(200);
  });
});

describe('what speaks for somebody', () => {
  it('is no session anywhere but below the console', async () => {
    const anybody = new ApiClient(program.url, undefined);
    const ask = (operation: DescribedOperation) => {
      const { headers } = operation.path.startsWith('/admin/') ? desk.owner : studio.owner;
      return anybody.call(operation.method, addressOf(operation), undefined, headers);
    };
    const all = [...ofTenants, ...ofOperators, ...startingWith('/worker/')];

    expect(await exceptions(all, ask, () => [401])).toEqual([]);
  });

  it('is no key below the console', async () => {
    const keyed = (prefix: string, key: string) => (operation: DescribedOperation) =>
      new ApiClient(program.url, key).get(`/console/api${prefix}${addressOf(operation)}`);
    const ofTenant = keyed('/tenants/demo', program.demoKey);
    const ofOperator = keyed('/operator', program.adminKey);

    expect(await exceptions(ofTenants.filter(isSafe), ofTenant, () => [401])).toEqual([]);
    expect(await exceptions(ofOperators.filter(isSafe), ofOperator, () => [401])).toEqual([]);
  });
});
