import { byTest, type IdentityScenario, identityScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';

const person = {
  tenantName: 'Atlas',
  email: 'Ada@Example.org',
  password: 'lovely mountain lake',
};
const { password } = person;
const refusal = (code: string) => ({ error: { code } });

let scene: IdentityScenario;
let userId: string;

const signIn = (
  more: { email?: string; password?: string; token?: string; address?: string } = {},
) =>
  scene.signingIn.byPassword(
    more.email ?? 'ada@example.org',
    more.password ?? password,
    scene.visit(more.token, more.address),
  );
const wrong = () => signIn({ password: 'some other password' });

beforeEach(async () => {
  scene = identityScenario();
  const { token } = await scene.signingUp.signUp(person, 25n, scene.visit());
  userId = (await scene.sessions.of(token))?.userId as string;
});

describe('signing up', () => {
  test('makes a user who owns a tenant and is signed in', async () => {
    const { token } = await signIn();
    const session = await scene.sessions.of(token);
    const [membership] = session?.memberships ?? [];
    expect(session).toMatchObject({ userId, email: 'ada@example.org', operatorRoles: [] });
    expect(membership).toMatchObject({ role: 'owner' });
    expect(scene.facts(`tenantMembers-${membership?.tenantId}`)).toEqual(['MemberJoined']);
    expect(scene.facts(`tokenAccount-${membership?.tenantId}`)).toContain('TokensGranted');
  });

  test('puts neither address nor password into the log', () => {
    const stored = JSON.stringify(scene.log.events.map(({ data, metadata }) => [data, metadata]));
    expect(stored).not.toMatch(/ada@|lovely|203\.0/i);
  });

  test('under an address that is taken is refused, however it is spelt', async () => {
    const again = { ...person, email: ' ADA@EXAMPLE.ORG ' };
    await expect(scene.signingUp.signUp(again, 0n, scene.visit())).rejects.toMatchObject(
      refusal('conflict'),
    );
  });

  test.each([
    ['email', 'ada'],
    ['email', 'ada@example'],
    ['email', `${'a'.repeat(250)}@example.org`],
    ['password', 'too short'],
    ['password', 'x'.repeat(257)],
    ['password', 'aaaaaaaaaaaaaaaa'],
    ['password', 'grace@example.org1'],
  ])('with the %s %s is refused', async (field, value) => {
    const other = { ...person, email: 'grace@example.org', [field]: value };
    await expect(scene.signingUp.signUp(other, 0n, scene.visit())).rejects.toMatchObject({
      error: { code: 'validation_error', field },
    });
  });
});

describe('signing in by password', () => {
  test('gives another token each time, and ends the session that the browser had', async () => {
    const first = await signIn();
    const second = await signIn({ token: first.token });
    expect(second.token).not.toBe(first.token);
    expect(await scene.sessions.of(first.token)).toBeUndefined();
    expect(await scene.sessions.of(second.token)).toMatchObject({ userId });
  });

  test('is refused in the same words and after the same work for whoever it is', async () => {
    const refusals = [];
    for (const email of ['ada@example.org', 'nobody@example.org']) {
      const before = scene.hasher.verified;
      refusals.push(await signIn({ email, password: 'some other password' }).catch((e) => e.error));
      expect(scene.hasher.verified - before).toBe(1);
    }
    expect(refusals[0]).toMatchObject({ code: 'unauthorized' });
    expect(refusals[1]).toEqual(refusals[0]);
  });

  test('of an account stops after ten wrong passwords, also for the right one', async () => {
    for (let tries = 0; tries < 10; tries += 1) {
      await expect(wrong()).rejects.toMatchObject(refusal('unauthorized'));
    }
    const before = scene.hasher.verified;
    for (const attempt of [wrong, signIn, () => signIn({ address: '198.51.100.1' })]) {
      await expect(attempt()).rejects.toMatchObject({
        error: { code: 'rate_limited', details: { retryAfter: 900 } },
      });
    }
    expect(scene.hasher.verified).toBe(before);
    const locks = scene.facts(`user-${userId}`).filter((type) => type === 'SignInRefused');
    expect(locks).toHaveLength(1);
    scene.clock.advance(900_000);
    expect((await signIn()).secondFactorPending).toBe(false);
  });

  test('begins to count anew after a success', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let tries = 0; tries < 9; tries += 1) await wrong().catch(() => {});
      await signIn();
    }
    expect(scene.facts(`user-${userId}`)).not.toContain('SignInRefused');
  });

  test('stops for an address that tries many accounts', async () => {
    const attempt = (n: number, address: string) =>
      signIn({ email: `person${n}@example.org`, address }).catch((error) => error.error.code);
    const codes = new Set<string>();
    for (let n = 0; n < 100; n += 1) codes.add(await attempt(n, '192.0.2.1'));
    expect([...codes]).toEqual(['unauthorized']);
    expect(await attempt(101, '192.0.2.1')).toBe('rate_limited');
    expect(await attempt(102, '192.0.2.2')).toBe('unauthorized');
  });

  test('is refused to who is disabled, whose sessions end', async () => {
    const { token } = await signIn();
    await scene.users.disable(userId, 'left', byTest);
    expect(await scene.sessions.of(token)).toBeUndefined();
    await expect(signIn()).rejects.toMatchObject(refusal('forbidden'));
    await scene.users.enable(userId, 'came back', byTest);
    expect((await signIn()).token).toBeDefined();
  });
});

describe('signing in by another provider', () => {
  const identity = { issuer: 'https://id.example.org', subject: '4711' };
  const come = (verifiedEmail?: string) =>
    scene.signingIn.byProvider(
      { ...identity, verifiedEmail, secondFactorShown: false },
      scene.visit(),
    );

  test('finds the account by its address once, then by who it is there', async () => {
    const invited = { email: 'kim@example.org', roles: ['finance'] } as const;
    const { userId: kim } = await scene.users.inviteOperator(invited, 'new desk', byTest);
    const userOf = async (email: string) =>
      (await scene.sessions.of((await come(email)).token))?.userId;
    expect(await userOf('KIM@example.org')).toBe(kim);
    expect(await userOf('kim@elsewhere.example')).toBe(kim);
  });

  test('is refused to an account that anybody could have made under the address', async () => {
    await expect(come('ada@example.org')).rejects.toMatchObject(refusal('forbidden'));
  });

  test('is refused to who has no account, or no address that was verified', async () => {
    await expect(come('nobody@example.org')).rejects.toMatchObject(refusal('forbidden'));
    await expect(come()).rejects.toMatchObject(refusal('forbidden'));
  });
});
