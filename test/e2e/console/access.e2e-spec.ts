import { scopesOfRole } from '@imprest/application';
import { operatorRoles, tenantRoles } from '@imprest/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../support/api-client.js';
import { type DescribedOperation, operations } from '../../support/api-document.js';
import { ConsoleSession } from '../../support/console-session.js';
import { ImprestProgram } from '../../support/imprest-program.js';

type TenantRole = (typeof tenantRoles)[number];
type OperatorRole = (typeof operatorRoles)[number];

const startingWith = (...prefixes: readonly string[]) =>
  operations.filter(({ path }) => prefixes.some((prefix) => path.startsWith(prefix)));
const ofTenants = startingWith('/v1/', '/api/v1/');
const ofOperators = startingWith('/admin/v1/');
const unsafe = (operation: DescribedOperation) => operation.method !== 'GET';

const described = (pattern: RegExp, { description = '' }: DescribedOperation) =>
  pattern.exec(description)?.[1] ?? '';
const scopeOf = (operation: DescribedOperation) => described(/Scope `([a-z_:]+)`/, operation);
const areaOf = (operation: DescribedOperation) =>
  described(/(?:Area `(\w+)`|Any area) of operators/, operation);

/** Ids of the right form under which there is nothing. */
const filled = ({ path }: DescribedOperation) => path.replaceAll(/\{\w+\}/g, 'nothing');
const named = ({ method, path }: DescribedOperation) => `${method} ${path}`;

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

interface Refusal {
  readonly status: number;
  /** Whatever the dialect of the route makes of it. */
  readonly text: string;
}

async function refusal(
  session: ConsoleSession,
  { method }: DescribedOperation,
  path: string,
  headers = session.headers,
): Promise<Refusal> {
  const { status, body } = await session.call(method, path, undefined, headers);
  return { status, text: JSON.stringify(body) };
}

/** Asks for all of them, one after the other. @returns those that were not answered so */
async function exceptions(
  asked: readonly DescribedOperation[],
  ask: (operation: DescribedOperation) => Promise<Refusal>,
  expected: (operation: DescribedOperation) => { readonly status: number; readonly says?: string },
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const operation of asked) {
    const { status, text } = await ask(operation);
    const { says = '', ...needed } = expected(operation);
    if (status !== needed.status || !text.includes(says)) {
      found.push(`${named(operation)}: ${status} ${text}`);
    }
  }
  return found;
}

describe('a session of another tenant', () => {
  it.each(['studio', 'nobody'])('finds nothing at any route of %s', async (tenantId) => {
    const foreign = (operation: DescribedOperation) =>
      refusal(stranger, operation, `/tenants/${tenantId}${filled(operation)}`);

    expect(ofTenants.length).toBeGreaterThan(60);
    expect(await exceptions(ofTenants, foreign, () => ({ status: 404 }))).toEqual([]);
  });

  it('is not let in by being an operator either', async () => {
    const foreign = (operation: DescribedOperation) =>
      refusal(desk.owner, operation, `/tenants/studio${filled(operation)}`);

    expect(await exceptions(ofTenants, foreign, () => ({ status: 404 }))).toEqual([]);
  });
});

describe('a member', () => {
  it.each(tenantRoles)('who is %s is refused what the role has no scope for', async (role) => {
    const scopes: ReadonlySet<string> = scopesOfRole(role);
    const closed = ofTenants.filter((operation) => !scopes.has(scopeOf(operation)));
    const ask = (operation: DescribedOperation) =>
      refusal(studio[role], operation, `/tenants/studio${filled(operation)}`);

    expect(
      await exceptions(closed, ask, (operation) => ({ status: 403, says: scopeOf(operation) })),
    ).toEqual([]);
    expect(closed.length > 0).toBe(role !== 'owner');
  });

  it('reads what the role is for', async () => {
    const balance = async (role: TenantRole) =>
      (await studio[role].call('GET', '/tenants/studio/v1/balance')).status;
    const entries = async (role: TenantRole) =>
      (await studio[role].call('GET', '/tenants/studio/v1/ledger/entries')).status;

    expect(await Promise.all(tenantRoles.map(balance))).toEqual([200, 200, 200, 200]);
    expect(await entries('finance')).toBe(200);
    expect(await entries('viewer')).toBe(403);
  });

  it.each([
    ['without the token of the page', { 'x-csrf-token': '' }],
    ['from another site', { origin: 'https://elsewhere.example' }],
    ['from another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
  ])('changes nothing %s', async (_, headers) => {
    const ask = (operation: DescribedOperation) =>
      refusal(studio.owner, operation, `/tenants/studio${filled(operation)}`, {
        ...studio.owner.headers,
        ...headers,
      });

    const changing = ofTenants.filter(unsafe);
    expect(await exceptions(changing, ask, () => ({ status: 403 }))).toEqual([]);
  });

  it('is no operator', async () => {
    const ask = (operation: DescribedOperation) =>
      refusal(studio.owner, operation, `/operator${filled(operation)}`);

    expect(
      await exceptions(ofOperators, ask, (operation) => ({
        status: 403,
        says: areaOf(operation) || 'any',
      })),
    ).toEqual([]);
  });
});

describe('an operator', () => {
  it.each(operatorRoles)('for %s is refused what is another’s area', async (role) => {
    const open = (operation: DescribedOperation) =>
      role === 'owner' || ['', role].includes(areaOf(operation));
    const closed = ofOperators.filter((operation) => !open(operation));
    const ask = (operation: DescribedOperation) =>
      refusal(desk[role], operation, `/operator${filled(operation)}`);

    expect(
      await exceptions(closed, ask, (operation) => ({
        status: 403,
        says: `"area":"${areaOf(operation)}"`,
      })),
    ).toEqual([]);
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
    const ask = async ({ method, ...operation }: DescribedOperation) => {
      const client = new ApiClient(program.url, undefined);
      const path = filled({ method, ...operation });
      const { headers } = path.startsWith('/admin/') ? desk.owner : studio.owner;
      const { status, body } = await client.call(method, path, undefined, headers);
      return { status, text: JSON.stringify(body) };
    };

    const all = [...ofTenants, ...ofOperators, ...startingWith('/worker/')];
    expect(await exceptions(all, ask, () => ({ status: 401 }))).toEqual([]);
  });

  it('is no key below the console', async () => {
    const keyed = (prefix: string, key: string) => async (operation: DescribedOperation) => {
      const client = new ApiClient(program.url, key);
      const path = `/console/api${prefix}${filled(operation)}`;
      const { status, body } = await client.call(operation.method, path);
      return { status, text: JSON.stringify(body) };
    };
    const asTenant = keyed('/tenants/demo', program.demoKey);
    const asOperator = keyed('/operator', program.adminKey);

    expect(
      await exceptions(
        ofTenants.filter((o) => !unsafe(o)),
        asTenant,
        () => ({ status: 401 }),
      ),
    ).toEqual([]);
    expect(
      await exceptions(
        ofOperators.filter((o) => !unsafe(o)),
        asOperator,
        () => ({ status: 401 }),
      ),
    ).toEqual([]);
  });
});
