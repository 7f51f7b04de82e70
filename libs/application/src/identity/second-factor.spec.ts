import { byTest, type IdentityScenario, identityScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';

const email = 'ada@example.org';
const password = 'lovely mountain lake';
const refusal = (code: string, more: object = {}) => ({ error: { code, ...more } });

let scene: IdentityScenario;
let token: string;
let userId: string;

const signIn = (typed = password) => scene.signingIn.byPassword(email, typed, scene.visit());
const isOpen = async (of: string) => (await scene.sessions.of(of)) !== undefined;
const code = (secret: string) => scene.codes.codeAt(secret, scene.clock.now());

beforeEach(async () => {
  scene = identityScenario();
  const person = { tenantName: 'Atlas', email, password };
  ({ token } = await scene.signingUp.signUp(person, 0n, scene.visit()));
  userId = (await scene.sessions.of(token))?.userId as string;
});

describe('the second factor', () => {
  const begin = (typed: string | undefined = password) =>
    scene.secondFactor.begin(typed, scene.visit(token));
  const enable = async () => {
    const { secret } = await begin();
    ({ token } = await scene.secondFactor.confirm(code(secret), scene.visit(token)));
    scene.clock.advance(30_000);
    return secret;
  };
  const remove = (typed: string) => scene.secondFactor.remove(typed, scene.visit(token));
  const show = (typed: string, pending: string) =>
    scene.secondFactor.show(typed, scene.visit(pending));

  test('is asked for only once a code of it was seen', async () => {
    const { secret, uri } = await begin();
    expect(uri).toContain(email);
    expect((await signIn()).secondFactorPending).toBe(false);
    const confirm = scene.secondFactor.confirm('wrong', scene.visit(token));
    await expect(confirm).rejects.toMatchObject(refusal('validation_error', { field: 'code' }));
    await scene.secondFactor.confirm(code(secret), scene.visit(token));
    expect((await signIn()).secondFactorPending).toBe(true);
  });

  test.each(['', 'not the password'])(
    'is set up by who knows the password, not by “%s”',
    async (typed) => {
      const wrong = scene.secondFactor.begin(typed || undefined, scene.visit(token));
      await expect(wrong).rejects.toMatchObject(refusal('validation_error', { field: 'password' }));
      expect((await scene.store.users.byEmail(email))?.secondFactor).toBeNull();
      expect(await isOpen(token)).toBe(true);
    },
  );

  test('is set up without a password by who has none, soon after signing in', async () => {
    const invited = { email: 'kim@example.org', roles: ['finance'] } as const;
    const { link } = await scene.users.inviteOperator(invited, 'new desk', byTest);
    const { token: kim } = await scene.signingIn.byLink(link.token, scene.visit());
    const beginAsKim = () => scene.secondFactor.begin(undefined, scene.visit(kim));
    expect(await beginAsKim()).toHaveProperty('secret');
    scene.clock.advance(15 * 60_000);
    await expect(beginAsKim()).rejects.toMatchObject(refusal('forbidden'));
  });

  test('ends the sessions that were opened without it; this one goes on under a new token', async () => {
    const [before, other] = [token, (await signIn()).token];
    expect(await isOpen(other)).toBe(true);
    await enable();
    expect(await Promise.all([before, other, token].map(isOpen))).toEqual([false, false, true]);
  });

  test('stands between the password and the session, which then has another token', async () => {
    const secret = await enable();
    const pending = await signIn();
    expect(await scene.sessions.of(pending.token)).toMatchObject({ secondFactorPending: true });
    const change = scene.password.change(
      { newPassword: 'mist over water' },
      scene.visit(pending.token),
    );
    await expect(change).rejects.toMatchObject(refusal('unauthorized'));
    const opened = await show(code(secret), pending.token);
    expect(opened.token).not.toBe(pending.token);
    expect(await isOpen(pending.token)).toBe(false);
    expect(await scene.sessions.of(opened.token)).toMatchObject({ secondFactorPending: false });
  });

  test('stands behind a link too', async () => {
    await enable();
    const { token: link } = await scene.users.link(userId, byTest);
    expect((await scene.signingIn.byLink(link, scene.visit())).secondFactorPending).toBe(true);
  });

  test('takes a code once', async () => {
    const secret = await enable();
    const [one, other] = [await signIn(), await signIn()];
    const seen = code(secret);
    await show(seen, one.token);
    await expect(show(seen, other.token)).rejects.toMatchObject(refusal('validation_error'));
  });

  test('takes ten tries, whatever sessions they come from', async () => {
    const secret = await enable();
    for (let tries = 0; tries < 10; tries += 1) {
      const { token: pending } = await signIn();
      await expect(show('wrong', pending)).rejects.toMatchObject(refusal('validation_error'));
    }
    const { token: pending } = await signIn();
    await expect(show(code(secret), pending)).rejects.toMatchObject(refusal('rate_limited'));
  });

  test('is waited for ten minutes', async () => {
    const secret = await enable();
    const { token: pending } = await signIn();
    scene.clock.advance(600_000);
    await expect(show(code(secret), pending)).rejects.toMatchObject(refusal('unauthorized'));
  });

  test('goes with a last code, or by an operator, and its secret is destroyed', async () => {
    const secret = await enable();
    const dataKeyId = (await scene.store.users.byEmail(email))?.secondFactor?.dataKeyId ?? '';
    await expect(remove('wrong')).rejects.toMatchObject(refusal('validation_error'));
    ({ token } = await remove(code(secret)));
    expect((await signIn()).secondFactorPending).toBe(false);
    expect((await scene.dataKeys.open([dataKeyId])).size).toBe(0);
    await enable();
    await scene.secondFactor.removeFor(userId, 'telephone lost', byTest);
    expect((await signIn()).secondFactorPending).toBe(false);
  });

  test('is not removed by who has none, whose session is as old as before', async () => {
    for (const typed of ['', 'wrong']) {
      await expect(remove(typed)).rejects.toMatchObject(refusal('conflict'));
    }
    await begin();
    await expect(remove('wrong')).rejects.toMatchObject(refusal('conflict'));
    expect(await isOpen(token)).toBe(true);
  });

  test('ends all other sessions and links when its owner removes it', async () => {
    const secret = await enable();
    const other = await show(code(secret), (await signIn()).token);
    const link = await scene.users.link(userId, byTest);
    scene.clock.advance(30_000);
    const { token: after } = await remove(code(secret));
    expect(await Promise.all([token, other.token, after].map(isOpen))).toEqual([
      false,
      false,
      true,
    ]);
    await expect(scene.signingIn.byLink(link.token, scene.visit())).rejects.toMatchObject(
      refusal('not_found'),
    );
  });

  test('ends every session when an operator removes it, who cannot get around a code of their own', async () => {
    await enable();
    const herself = { ...byTest, actor: { kind: 'user', id: userId } } as const;
    await expect(scene.secondFactor.removeFor(userId, 'mine', herself)).rejects.toMatchObject(
      refusal('conflict'),
    );
    expect(await isOpen(token)).toBe(true);
    await scene.secondFactor.removeFor(userId, 'telephone lost', byTest);
    expect(await isOpen(token)).toBe(false);
  });

  test('is stored sealed', async () => {
    const { secret } = await begin();
    const stored = JSON.stringify(await scene.store.users.byEmail(email));
    expect(stored).not.toContain(secret);
  });
});
