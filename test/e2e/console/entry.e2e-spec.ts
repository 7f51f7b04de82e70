import { OpenIdProviderStub } from '@imprest/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../../support/api-client.js';
import { ConsoleSession, tokenOfLink } from '../../support/console-session.js';
import { ImprestProgram } from '../../support/imprest-program.js';

let program: ImprestProgram;
let provider: OpenIdProviderStub;

beforeAll(async () => {
  provider = await OpenIdProviderStub.start();
  program = await ImprestProgram.create({
    LOG_LEVEL: 'trace',
    IMPREST_OIDC_ISSUER: provider.issuer,
    IMPREST_OIDC_CLIENT_ID: provider.clientId,
    IMPREST_OIDC_CLIENT_SECRET: provider.clientSecret,
    IMPREST_OIDC_EMAIL_DOMAINS: 'example.com',
    TRUSTED_PROXIES: '127.0.0.0/8',
  });
  await program.start();
});

beforeEach(() => provider.reset());

afterAll(async () => {
  await program.dispose();
  await provider.close();
});

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(program.url + path, { headers, redirect: 'manual' });

describe('the page', () => {
  it.each(['/console', '/console/', '/console/tenants/studio/generations'])(
    'is at %s, and asks nobody but this server',
    async (path) => {
      const answer = await get(path);
      const page = await answer.text();

      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; script-src 'self'; style-src/,
      );
      expect(page).not.toMatch(/<script(?![^>]* src=)|(?:src|href)="(?!\/console\/)/);
    },
  );

  it('has files that browsers keep, compressed, and no others', async () => {
    const page = await (await get('/console/')).text();
    const [, script = ''] = /src="(\/console\/assets\/[^"]+\.js)"/.exec(page) ?? [];
    const answer = await get(script, { 'accept-encoding': 'br' });

    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect((await get('/console/assets/gone.js')).status).toBe(404);
    expect((await get('/console/api/gone')).status).toBe(404);
    expect((await get('/console/..%2f..%2fpackage.json')).headers.get('content-type')).toContain(
      'text/html',
    );
  });
});

describe('the link that a start prints', () => {
  const printed = () => /sign in +(http\S+)/.exec(program.output)?.[1] ?? '';

  it('signs the operator in once, and is in no log', async () => {
    const link = printed();
    const operator = await ConsoleSession.byLink(program.url, link);
    const tenants = await operator.call('GET', '/operator/admin/v1/tenants');

    expect(link).toContain(`${program.url}/console/sign-in/link#`);
    expect(tenants.status).toBe(200);
    await expect(ConsoleSession.byLink(program.url, link)).rejects.toThrow('404');
    const lines = program.output.split('\n').filter((line) => line.startsWith('{'));
    expect(lines.join()).toContain('/console/api/session/link');
    expect(lines.join()).not.toContain(tokenOfLink(link));
  });

  it('is another one after the next start', async () => {
    const before = printed();
    await program.stop();
    await program.start();

    expect(printed()).not.toBe(before);
    expect(await ConsoleSession.byLink(program.url, printed())).toBeDefined();
  });
});

describe('an account of the identity provider', () => {
  const invite = () => {
    const admin = new ApiClient(program.url, program.adminKey);
    const person = { email: 'ada@example.com', roles: ['finance'], reason: 'joined the desk' };
    return admin.post('/admin/v1/users', person);
  };
  const cookieOf = (answer: Response, name: string) =>
    answer.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`)) ?? '';

  /** There and back, as a browser goes. */
  async function comeBack() {
    const start = await get('/console/api/session/oidc?returnTo=/account');
    return backFrom(start, start.headers.get('location') ?? '');
  }

  async function backFrom(start: Response, url: string) {
    const [ticket = ''] = cookieOf(start, 'imprest_sign_in').split(';');
    const agreed = await fetch(url, { redirect: 'manual' });
    const { pathname, search } = new URL(agreed.headers.get('location') ?? '');
    return { path: pathname + search, headers: { cookie: ticket } };
  }

  it('signs in who has an invitation, by a cookie for the console alone', async () => {
    await invite();
    const { path, headers } = await comeBack();
    const answer = await get(path, headers);
    const cookie = cookieOf(answer, 'imprest_session');

    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/console/account');
    expect(cookie).toMatch(/; Path=\/console; HttpOnly; SameSite=Strict$/);
    const session = await get('/console/api/session', { cookie: cookie.split(';')[0] as string });
    expect(await session.json()).toMatchObject({
      user: { email: 'ada@example.com' },
      operatorRoles: ['finance'],
    });
  });

  it('comes to an invitation to its address, though nobody may sign up', async () => {
    const admin = new ApiClient(program.url, program.adminKey);
    const invited = async (email: string) => {
      const person = { email, role: 'viewer' };
      const path = '/admin/v1/tenants/demo/members/invitations';
      return tokenOfLink((await admin.post(path, person)).body.link);
    };
    const come = async (token: string) => {
      const anybody = new ApiClient(program.url, undefined);
      const origin = { origin: program.url };
      const path = '/console/api/session/oidc';
      const foreign = await anybody.post(path, { token }, { origin: 'https://elsewhere.example' });
      expect(foreign.status).toBe(403);
      const start = await fetch(program.url + path, {
        method: 'POST',
        headers: { ...origin, 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      });
      const { path: back, headers } = await backFrom(
        start,
        ((await start.json()) as { url: string }).url,
      );
      return get(back, headers);
    };
    provider.account = { sub: 'kim', email: 'kim@example.com', email_verified: true };
    const other = await invited('somebody@example.com');
    const refused = await come(other);
    expect(refused.headers.get('location')).toBe(`/console/invitation?problem=forbidden#${other}`);
    expect(cookieOf(refused, 'imprest_session')).toBe('');

    const token = await invited('kim@example.com');
    const answer = await come(token);
    expect(answer.headers.get('location')).toBe(`/console/invitation#${token}`);
    const [cookie = ''] = cookieOf(answer, 'imprest_session').split(';');
    const session = await get('/console/api/session', { cookie });
    expect(await session.json()).toMatchObject({
      user: { email: 'kim@example.com' },
      memberships: [],
    });
  });

  it('comes by TLS where the proxy that is trusted says so', async () => {
    const by = async (protocol: string) => {
      const start = await get('/console/api/session/oidc', { 'x-forwarded-proto': protocol });
      const { searchParams } = new URL(start.headers.get('location') ?? '');
      const isSecure = cookieOf(start, 'imprest_sign_in').endsWith('; Secure');
      return [new URL(searchParams.get('redirect_uri') ?? '').protocol, isSecure];
    };
    expect(await by('https')).toEqual(['https:', true]);
    expect(await by('javascript')).toEqual(['http:', false]);
  });

  it('counts once, and in the browser where it began', async () => {
    await invite();
    const { path, headers } = await comeBack();
    const elsewhere = await get(path);
    await get(path, headers);
    const again = await get(path, headers);

    for (const answer of [elsewhere, again]) {
      expect(answer.headers.get('location')).toBe('/console/sign-in?problem=unauthorized');
      expect(cookieOf(answer, 'imprest_session')).toBe('');
    }
  });

  it.each(['nonce', 'audience', 'expired', 'signature'] as const)(
    'signs nobody in by a token with a wrong %s',
    async (fault) => {
      await invite();
      provider.fault = fault;
      const { path, headers } = await comeBack();
      const answer = await get(path, headers);

      expect(answer.headers.get('location')).toBe('/console/sign-in?problem=unauthorized');
      expect(cookieOf(answer, 'imprest_session')).toBe('');
    },
  );

  it.each([
    ['that was not verified', { sub: 'eve', email: 'ada@example.com', email_verified: false }],
    ['of another domain', { sub: 'eve', email: 'eve@elsewhere.example', email_verified: true }],
    ['of nobody here', { sub: 'eve', email: 'eve@example.com', email_verified: true }],
  ])('is refused with an address %s', async (_, account) => {
    await invite();
    provider.account = account;
    const { path, headers } = await comeBack();

    expect((await get(path, headers)).headers.get('location')).toBe(
      '/console/sign-in?problem=forbidden',
    );
  });
});
