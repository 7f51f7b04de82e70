import { byTest, type IdentityScenario, identityScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { SESSION_IDLE_MS } from './session-lives.js';

const email = 'ada@example.org';
const password = 'lovely mountain lake';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
const refusal = (code: string) => ({ error: { code } });

let scene: IdentityScenario;
let token: string;
let userId: string;

const at = (of: string) => scene.visit(of);
const signIn = (address?: string) =>
  scene.signingIn.byPassword(email, password, {
    ...scene.visit(undefined, address),
    userAgent: firefox,
  });
const isOpen = async (of: string) => (await scene.sessions.of(of)) !== undefined;

beforeEach(async () => {
  scene = identityScenario();
  const person = { tenantName: 'Atlas', email, password };
  ({ token } = await scene.signingUp.signUp(person, 0n, scene.visit()));
  userId = (await scene.sessions.of(token))?.userId as string;
});

describe('the sessions of a person', () => {
  test('are told apart by browser, network and time, without a token or a whole address', async () => {
    const openedAt = scene.clock.now();
    scene.clock.advance(60_000);
    await signIn('2001:db8:7:1::5');
    const sessions = await scene.ownSessions.list(at(token));
    expect(sessions).toMatchObject([
      { current: false, browser: 'Firefox on Linux', network: '2001:db8:7::/48' },
      { current: true, browser: null, network: '203.0.113.0/24', method: 'password', openedAt },
    ]);
    expect(sessions[1]?.endsAt).toEqual(new Date(openedAt.getTime() + SESSION_IDLE_MS));
    expect(JSON.stringify(sessions)).not.toMatch(/203\.0\.113\.7|7:1::5|tokenHash/);
  });

  test('include one that waits for the second factor', async () => {
    const { secret } = await scene.secondFactor.begin(password, at(token));
    const code = scene.codes.codeAt(secret, scene.clock.now());
    const { token: mine } = await scene.secondFactor.confirm(code, at(token));
    await signIn();
    const pending = (await scene.ownSessions.list(at(mine))).map(
      (each) => each.secondFactorPending,
    );
    expect(pending.sort()).toEqual([false, true]);
  });

  test('are shown to nobody whose own is over or not open yet', async () => {
    await scene.ownSessions.endThis({ token });
    await expect(scene.ownSessions.list(at(token))).rejects.toMatchObject(refusal('unauthorized'));
    await expect(scene.ownSessions.list(scene.visit())).rejects.toMatchObject(
      refusal('unauthorized'),
    );
  });

  test('end one by one, the one in use too', async () => {
    const other = await signIn();
    const idOf = async (isCurrent: boolean) =>
      (await scene.ownSessions.list(at(token))).find(({ current }) => current === isCurrent)?.id ??
      '';
    const [mine, theirs] = [await idOf(true), await idOf(false)];
    await scene.ownSessions.end(theirs, at(token));
    expect([await isOpen(token), await isOpen(other.token)]).toEqual([true, false]);
    await expect(scene.ownSessions.end(theirs, at(token))).rejects.toMatchObject(
      refusal('not_found'),
    );
    await scene.ownSessions.end(mine, at(token));
    expect(await isOpen(token)).toBe(false);
  });

  test('have ids that a path can have', async () => {
    for (let opened = 0; opened < 19; opened += 1) await signIn();
    const sessions = await scene.ownSessions.list(at(token));
    expect(sessions).toHaveLength(20);
    for (const { id } of sessions) expect(id).toMatch(/^ses_[0-9a-f]{32}$/);
  });

  test('are nobody else’s to end', async () => {
    const elsewhere = { tenantName: 'Meridian', email: 'grace@example.org', password };
    const grace = await scene.signingUp.signUp(elsewhere, 0n, scene.visit());
    const [{ id } = { id: '' }] = await scene.ownSessions.list(at(token));
    await expect(scene.ownSessions.end(id, at(grace.token))).rejects.toMatchObject(
      refusal('not_found'),
    );
    expect(await isOpen(token)).toBe(true);
  });

  test('end all but the one in use, with the links, on record', async () => {
    const other = await signIn();
    const link = await scene.users.link(userId, byTest);
    await scene.ownSessions.endOthers(at(token));
    expect([await isOpen(token), await isOpen(other.token)]).toEqual([true, false]);
    await expect(scene.signingIn.byLink(link.token, scene.visit())).rejects.toMatchObject(
      refusal('not_found'),
    );
    expect(scene.facts(`user-${userId}`)).toContain('SessionsEnded');
  });

  test('end everywhere, by their owner or by an operator, on record', async () => {
    const other = await signIn();
    await scene.ownSessions.endAll(at(token));
    expect([await isOpen(token), await isOpen(other.token)]).toEqual([false, false]);
    const again = await signIn();
    await scene.users.endSessions(userId, 'a laptop was lost', byTest);
    expect(await isOpen(again.token)).toBe(false);
    const ended = scene.facts(`user-${userId}`).filter((type) => type === 'SessionsEnded');
    expect(ended).toHaveLength(2);
    await expect(scene.users.endSessions('usr_nobody', 'x', byTest)).rejects.toMatchObject(
      refusal('not_found'),
    );
  });
});
