import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ApiClient } from '../../support/api-client.js';
import { ImprestProgram } from '../../support/imprest-program.js';

const SESSION = '/console/api/session';
const ada = { email: 'ada@example.org', password: 'lovely mountain lake' };

/** Which nobody believes while no proxy is trusted. */
const CLAIMS = { 'x-forwarded-for': '198.51.100.9', 'x-forwarded-proto': 'https' };

/** What a browser keeps of the answers it gets, and sends along. */
class Browser {
  private cookie = '';
  private csrfToken = '';

  constructor(private readonly url: string) {}

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = {
      ...CLAIMS,
      origin: this.url,
      cookie: this.cookie,
      'x-csrf-token': this.csrfToken,
    };
    const answer = await new ApiClient(this.url, undefined).call(method, path, body, headers);
    const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';');
    if (cookie) this.cookie = cookie;
    if (answer.body?.csrfToken) this.csrfToken = answer.body.csrfToken;
    return answer;
  }
}

describe('signing in at the console', () => {
  let program: ImprestProgram;
  let browser: Browser;

  beforeAll(async () => {
    program = await ImprestProgram.create({ IMPREST_SIGN_UP: 'open' });
    await program.start();
    browser = new Browser(program.url);
  });
  afterAll(() => program?.dispose());

  it('begins with nobody, and with a tenant of one’s own', async () => {
    const nobody = await browser.call('GET', SESSION);
    expect(nobody.body).toMatchObject({ user: null, signUpOpen: true, csrfToken: null });
    const signedUp = await browser.call('POST', `${SESSION}/sign-up`, {
      ...ada,
      tenantName: 'Atlas',
    });
    expect(signedUp.body).toMatchObject({
      user: { email: ada.email, hasPassword: true, hasSecondFactor: false },
      memberships: [{ name: 'Atlas', role: 'owner' }],
    });
    expect(signedUp.headers.get('cache-control')).toBe('no-store');
    expect(signedUp.headers.get('set-cookie')).not.toContain('Secure');
    const [{ tenantId }] = signedUp.body.memberships;
    const balance = await browser.call('GET', `/console/api/tenants/${tenantId}/v1/balance`);
    expect(balance.status).toBe(200);
  });

  it('asks for a second factor once there is one, and takes a code once', async () => {
    const beginning = { password: ada.password };
    const { body: factor } = await browser.call('POST', `${SESSION}/second-factor/new`, beginning);
    const now = new Date();
    const code = generateSync({ secret: factor.secret });
    const confirmed = await browser.call('PUT', `${SESSION}/second-factor`, { code });
    expect(confirmed.body).toMatchObject({ user: { hasSecondFactor: true } });

    const other = new Browser(program.url);
    const pending = await other.call('POST', SESSION, ada);
    expect(pending.body).toMatchObject({ user: null, secondFactorPending: true });
    expect((await other.call('PUT', `${SESSION}/password`, {})).status).toBe(401);
    const replayed = await other.call('POST', `${SESSION}/second-factor`, { code });
    expect(replayed.body.error).toMatchObject({ code: 'validation_error', field: 'code' });
    const epoch = Math.floor(now.getTime() / 1000) + 30;
    const next = generateSync({ secret: factor.secret, epoch });
    const opened = await other.call('POST', `${SESSION}/second-factor`, { code: next });
    expect(opened.body).toMatchObject({ user: { email: ada.email }, secondFactorPending: false });
  });

  it('tells in which browsers one is signed in, by network alone, and ends them one by one', async () => {
    const list = async () => (await browser.call('GET', `${SESSION}/sessions`)).body.sessions;
    const others = (await list()).filter(({ current }: { current: boolean }) => !current);
    expect(others).toMatchObject([{ network: '127.0.0.0/24', method: 'password' }]);
    const one = `${SESSION}/sessions/${others[0].id}`;
    expect((await browser.call('DELETE', one)).status).toBe(204);
    expect((await browser.call('DELETE', one)).status).toBe(404);
    expect(await list()).toMatchObject([{ current: true }]);
    expect((await browser.call('DELETE', `${SESSION}/others`)).status).toBe(204);
    expect(await list()).toHaveLength(1);
    const nobody = await new Browser(program.url).call('GET', `${SESSION}/sessions`);
    expect(nobody.status).toBe(401);
  });

  it('ends with the session, and everywhere at once when that is asked', async () => {
    expect((await browser.call('DELETE', `${SESSION}/everywhere`)).status).toBe(204);
    expect((await browser.call('GET', SESSION)).body.user).toBeNull();
  });

  it('is refused for a while after ten wrong passwords', async () => {
    const guess = () =>
      new Browser(program.url).call('POST', SESSION, { ...ada, password: 'a guess' });
    const statuses = [];
    for (let tries = 0; tries < 11; tries += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const locked = await new Browser(program.url).call('POST', SESSION, ada);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
  });
});
