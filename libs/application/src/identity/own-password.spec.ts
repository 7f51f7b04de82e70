import { byTest, type IdentityScenario, identityScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';

const email = 'ada@example.org';
const password = 'lovely mountain lake';
const newPassword = 'mist over the water';
const refusal = (code: string, more: object = {}) => ({ error: { code, ...more } });

let scene: IdentityScenario;
let token: string;
let userId: string;

const signIn = (typed = password) => scene.signingIn.byPassword(email, typed, scene.visit());
const change = (currentPassword?: string, by = token) =>
  scene.password.change({ currentPassword, newPassword }, scene.visit(by));
const isOpen = async (of: string) => (await scene.sessions.of(of)) !== undefined;

beforeEach(async () => {
  scene = identityScenario();
  const person = { tenantName: 'Atlas', email, password };
  ({ token } = await scene.signingUp.signUp(person, 0n, scene.visit()));
  userId = (await scene.sessions.of(token))?.userId as string;
});

describe('changing the password', () => {
  test('ends all other sessions and links; this one goes on under a new token', async () => {
    const other = await signIn();
    const link = await scene.users.link(userId, byTest);
    const changed = await change(password);
    expect(await Promise.all([token, other.token, changed.token].map(isOpen))).toEqual([
      false,
      false,
      true,
    ]);
    await expect(scene.signingIn.byLink(link.token, scene.visit())).rejects.toMatchObject(
      refusal('not_found'),
    );
    await expect(signIn()).rejects.toMatchObject(refusal('unauthorized'));
    expect(await isOpen((await signIn(newPassword)).token)).toBe(true);
  });

  test.each([undefined, 'not the old one'])('with %j for the old one is refused', async (old) => {
    await expect(change(old)).rejects.toMatchObject(
      refusal('validation_error', { field: 'currentPassword' }),
    );
    expect(await isOpen(token)).toBe(true);
  });

  test('needs no old one right after a link, and needs it again later', async () => {
    const come = async () =>
      scene.signingIn.byLink((await scene.users.link(userId, byTest)).token, scene.visit());
    const late = await come();
    scene.clock.advance(15 * 60_000);
    await expect(change(undefined, late.token)).rejects.toMatchObject(refusal('validation_error'));
    const { token: fresh } = await come();
    const changed = await change(undefined, fresh);
    await expect(change(undefined, changed.token)).rejects.toMatchObject(
      refusal('validation_error'),
    );
  });

  test('is for who has none as well, soon after signing in', async () => {
    const invited = { email: 'kim@example.org', roles: ['finance'] } as const;
    const { userId: kim, link } = await scene.users.inviteOperator(invited, 'new desk', byTest);
    const { token: late } = await scene.signingIn.byLink(link.token, scene.visit());
    scene.clock.advance(15 * 60_000);
    await expect(change(undefined, late)).rejects.toMatchObject(refusal('forbidden'));
    await expect(change('a guess', late)).rejects.toMatchObject(refusal('forbidden'));
    const again = await scene.users.link(kim, byTest);
    const { token: fresh } = await scene.signingIn.byLink(again.token, scene.visit());
    expect(await isOpen((await change(undefined, fresh)).token)).toBe(true);
  });
});
