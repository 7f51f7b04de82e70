import type { SignInChecks } from '@imprest/application';
import { OutgoingHttp } from '@imprest/outgoing-http';
import { type OpenIdFault, OpenIdProviderStub } from '@imprest/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OpenIdConnectProvider } from './openid-connect-provider.js';

const redirectUri = 'https://imprest.example/console/api/session/oidc/callback';
const checks: SignInChecks = {
  redirectUri,
  state: 's'.repeat(43),
  nonce: 'n'.repeat(43),
  codeVerifier: 'v'.repeat(43),
};

let stub: OpenIdProviderStub;
let http: OutgoingHttp;
let nowMs: number;

beforeAll(async () => {
  stub = await OpenIdProviderStub.start();
  http = new OutgoingHttp({ allowCidrs: ['127.0.0.0/8'] });
});

afterAll(async () => {
  await http.close();
  await stub.close();
});

beforeEach(() => {
  stub.reset();
  nowMs = 0;
});

const none = { amr: [], acr: [] };

function provider(choice: Partial<ConstructorParameters<typeof OpenIdConnectProvider>[0]> = {}) {
  const { issuer, clientId, clientSecret } = stub;
  return new OpenIdConnectProvider({
    ...{ issuer, clientId, clientSecret, http, secondFactor: none, nowMs: () => nowMs },
    ...choice,
  });
}

const queryOf = (url: string) => new URL(url).search;

async function signIn(client = provider()) {
  const back = stub.authorize(await client.signInUrl(checks));
  return { client, query: queryOf(back) };
}

describe('signing in with an account from elsewhere', () => {
  it('sends the person away with a challenge, and believes who comes back', async () => {
    const client = provider();
    const url = new URL(await client.signInUrl(checks));
    const back = stub.authorize(url.href);

    expect(url.href.startsWith(`${stub.issuer}/authorize?`)).toBe(true);
    expect(url.searchParams.get('code_challenge')).not.toContain('v'.repeat(8));
    expect(await client.accountOf(queryOf(back), checks)).toEqual({
      issuer: stub.issuer,
      subject: 'ada',
      verifiedEmail: 'ada@example.com',
      secondFactorShown: false,
    });
  });

  it.each([
    ['not verified', { sub: 'ada', email: 'ada@example.com', email_verified: false }],
    ['not said to be verified', { sub: 'ada', email: 'ada@example.com' }],
    ['not told', { sub: 'ada', email_verified: true }],
  ])('has no address that is %s', async (_, account) => {
    stub.account = account;
    const { client, query } = await signIn();

    expect((await client.accountOf(query, checks)).verifiedEmail).toBeUndefined();
  });

  it.each([
    ['nothing of it is to be believed', none, { amr: ['mfa'], acr: 'high' }, false],
    ['a method counts', { ...none, amr: ['mfa', 'hwk'] }, { amr: ['pwd', 'hwk'] }, true],
    ['another method does not', { ...none, amr: ['mfa'] }, { amr: ['pwd'] }, false],
    ['a method is no context', { ...none, amr: ['mfa'] }, { acr: 'mfa' }, false],
    ['a context counts', { ...none, acr: ['high'] }, { acr: 'high' }, true],
    ['another context does not', { ...none, acr: ['high'] }, { amr: ['high'], acr: 'low' }, false],
    [
      'they have another form',
      { amr: ['mfa'], acr: ['high'] },
      { amr: 'mfa', acr: ['high'] },
      false,
    ],
  ])(
    'vouches for a second factor in the operator’s words alone: %s',
    async (_, secondFactor, claims, is) => {
      stub.account = { ...stub.account, ...claims };
      const { client, query } = await signIn(provider({ secondFactor }));

      expect((await client.accountOf(query, checks)).secondFactorShown).toBe(is);
    },
  );

  it('is asked for the contexts that count', async () => {
    const asked = async (acr: readonly string[]) =>
      new URL(
        await provider({ secondFactor: { amr: [], acr } }).signInUrl(checks),
      ).searchParams.get('acr_values');

    expect(await asked(['phr', 'urn:example:mfa'])).toBe('phr urn:example:mfa');
    expect(await asked([])).toBeNull();
  });

  it.each<OpenIdFault>(['nonce', 'audience', 'issuer', 'expired', 'signature', 'unsigned'])(
    'believes no token with a wrong %s',
    async (fault) => {
      const { client, query } = await signIn();
      stub.fault = fault;

      await expect(client.accountOf(query, checks)).rejects.toMatchObject({
        error: { code: 'unauthorized' },
      });
    },
  );

  it.each([
    ['another state', { state: 't'.repeat(43) }],
    ['another verifier', { codeVerifier: 'w'.repeat(43) }],
    ['another place to come back to', { redirectUri: 'https://imprest.example/elsewhere' }],
  ])('refuses an answer to %s', async (_, other) => {
    const { client, query } = await signIn();

    await expect(client.accountOf(query, { ...checks, ...other })).rejects.toMatchObject({
      error: { code: 'unauthorized' },
    });
  });

  it('takes a code once', async () => {
    const { client, query } = await signIn();
    await client.accountOf(query, checks);

    await expect(client.accountOf(query, checks)).rejects.toMatchObject({
      error: { code: 'unauthorized' },
    });
  });

  it('refuses whoever has changed his mind', async () => {
    const query = `?error=access_denied&state=${checks.state}`;

    await expect(provider().accountOf(query, checks)).rejects.toMatchObject({
      error: { code: 'unauthorized' },
    });
  });

  it('is refused with another secret', async () => {
    const { client, query } = await signIn(provider({ clientSecret: 'wrong' }));

    await expect(client.accountOf(query, checks)).rejects.toMatchObject({
      error: { code: 'unauthorized' },
    });
  });
});

describe('the provider', () => {
  const asked = () => stub.server.requests.filter(({ url }) => url.pathname.includes('well-known'));

  it('is asked once an hour what it is', async () => {
    const client = provider();
    await client.signInUrl(checks);
    await client.signInUrl(checks);
    expect(asked()).toHaveLength(1);
    nowMs = 60 * 60_000;
    await client.signInUrl(checks);
    expect(asked()).toHaveLength(2);
  });

  it('may be down, and is asked again afterwards', async () => {
    const client = provider();
    stub.server.isDown = true;
    await expect(client.signInUrl(checks)).rejects.toMatchObject({
      error: { code: 'unavailable' },
    });
    stub.server.isDown = false;
    expect(await client.signInUrl(checks)).toContain(stub.issuer);
  });

  it('must be the one that it says it is', async () => {
    const client = provider({ issuer: stub.issuer.replace('127.0.0.1', 'localhost') });

    await expect(client.signInUrl(checks)).rejects.toMatchObject({ name: 'DomainFailure' });
  });

  it('is not reached where the guard lets nobody go', async () => {
    const guarded = new OutgoingHttp({ allowCidrs: [] });

    await expect(provider({ http: guarded }).signInUrl(checks)).rejects.toMatchObject({
      error: { code: 'unavailable' },
    });
    expect(stub.server.requests).toEqual([]);
    await guarded.close();
  });
});
