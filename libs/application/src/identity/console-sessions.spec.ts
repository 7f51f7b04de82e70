import { byTest, type IdentityScenario, identityScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ConsoleSessions } from './console-sessions.js';
import { SESSION_IDLE_MS, SESSION_MS } from './session-lives.js';

const MINUTE_MS = 60_000;
const person = { tenantName: 'Atlas', email: 'ada@example.org', password: 'lovely mountain lake' };

let scene: IdentityScenario;
let token: string;
let userId: string;
let tenantId: string;

const present = async (sessions = scene.sessions) => (await sessions.of(token)) !== undefined;

beforeEach(async () => {
  scene = identityScenario();
  ({ token } = await scene.signingUp.signUp(person, 0n, scene.visit()));
  const session = await scene.sessions.of(token);
  userId = session?.userId as string;
  tenantId = session?.memberships[0]?.tenantId as string;
});

describe('a session', () => {
  test('is nobody to a token that is made up', async () => {
    for (const text of ['', 'x', 'A'.repeat(43), 'A'.repeat(5_000), `${token}x`]) {
      expect(await scene.sessions.of(text)).toBeUndefined();
    }
  });

  test('is stored without its token', () => {
    const [row] = [...scene.store.sessions.rows.values()];
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test('has a token against forgery of its own', async () => {
    const other = await scene.signingIn.byPassword(person.email, person.password, scene.visit());
    const [one, two] = await Promise.all([token, other.token].map((t) => scene.sessions.of(t)));
    expect(one?.csrfToken).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one?.csrfToken).not.toBe(two?.csrfToken);
    expect((await scene.sessionsElsewhere().of(token))?.csrfToken).toBe(one?.csrfToken);
  });

  test('ends when nobody uses it', async () => {
    scene.clock.advance(SESSION_IDLE_MS);
    expect(await present()).toBe(false);
  });

  test('lives on while it is used, and ends at last', async () => {
    let days = 0;
    while (days < SESSION_MS - SESSION_IDLE_MS / 2) {
      scene.clock.advance(SESSION_IDLE_MS / 2);
      days += SESSION_IDLE_MS / 2;
      expect(await present()).toBe(true);
    }
    scene.clock.advance(SESSION_IDLE_MS / 2);
    expect(await present()).toBe(false);
  });

  test('writes that it is used once a minute at most', async () => {
    const [before] = [...scene.store.sessions.rows.values()];
    scene.clock.advance(MINUTE_MS - 1);
    await present();
    expect([...scene.store.sessions.rows.values()]).toEqual([before]);
    scene.clock.advance(5_000);
    await present();
    expect([...scene.store.sessions.rows.values()]).not.toEqual([before]);
  });
});

describe('what changes elsewhere', () => {
  test('is felt within three seconds, and here at once', async () => {
    const there = scene.sessionsElsewhere();
    expect(await present(there)).toBe(true);
    await scene.ownSessions.endThis({ token });
    expect(await present()).toBe(false);
    expect(await present(there)).toBe(true);
    scene.clock.advance(3_000);
    expect(await present(there)).toBe(false);
  });

  test.each([
    ['a role', () => scene.members.changeRole(tenantId, userId, 'viewer', byTest), 'viewer'],
    ['being removed', () => scene.members.remove(tenantId, userId, 'left', byTest), undefined],
  ] as const)('goes for %s too', async (_what, change, role) => {
    await scene.members.add(tenantId, 'usr_other', 'owner', byTest);
    await change();
    expect((await scene.sessions.of(token))?.memberships[0]?.role).toBe(role);
  });

  const seen = async (sessions: ConsoleSessions) => {
    const session = await sessions.of(token);
    const { memberships = [], operatorRoles = [] } = session ?? {};
    return { isIn: session !== undefined, role: memberships[0]?.role, operatorRoles };
  };
  const before = { isIn: true, role: 'owner', operatorRoles: ['finance'] };

  test.each([
    ['disabling', () => scene.users.disable(userId, 'left', byTest), { isIn: false }],
    ['signing out', () => scene.users.endSessions(userId, 'lost', byTest), { isIn: false }],
    [
      'roles of operators',
      () => scene.users.assignRoles(userId, [], 'left', byTest),
      { operatorRoles: [] },
    ],
    [
      'a role',
      () => scene.members.changeRole(tenantId, userId, 'viewer', byTest),
      { role: 'viewer' },
    ],
    [
      'a removal',
      () => scene.members.remove(tenantId, userId, 'left', byTest),
      { role: undefined },
    ],
  ] as const)(
    'ends in every process three seconds after %s at the latest',
    async (_what, change, after) => {
      await scene.members.add(tenantId, 'usr_other', 'owner', byTest);
      await scene.users.assignRoles(userId, ['finance'], 'new desk', byTest);
      const there = scene.sessionsElsewhere();
      expect([await seen(scene.sessions), await seen(there)]).toEqual([before, before]);
      await change();
      expect(await seen(scene.sessions)).toMatchObject(after);
      scene.clock.advance(2_999);
      expect(await seen(there)).toEqual(before);
      scene.clock.advance(1);
      expect(await seen(there)).toMatchObject(after);
    },
  );

  test('goes for roles of operators', async () => {
    await scene.users.assignRoles(userId, ['finance'], 'new desk', byTest);
    expect((await scene.sessions.of(token))?.operatorRoles).toEqual(['finance']);
  });
});

test('a membership that the log does not know is none', async () => {
  await scene.store.users.addTenant(userId, 'ten_made_up');
  scene.sessions.forgetAll();
  expect((await scene.sessions.of(token))?.memberships).toEqual([{ tenantId, role: 'owner' }]);
});
