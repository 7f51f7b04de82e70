import { byTest, type IdentityScenario, identityScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import type {
  IdentityProvider,
  ProvidedAccount,
  SignInChecks,
} from '../ports/identity-provider.js';
import { deriveSecrets } from '../secrets.js';
import { ExternalSignIn, type ExternalTerms } from './external-sign-in.js';

const redirectUri = 'https://imprest.example/console/api/session/oidc/callback';
const secrets = deriveSecrets(new Uint8Array(32).fill(1));
const closed: ExternalTerms = { emailDomains: [], welcomeTokens: undefined };
const open: ExternalTerms = { emailDomains: [], welcomeTokens: 25n };
const refusal = (code: string) => ({ error: { code } });

/** Believes whoever comes back with the state that it was sent. */
class TrustingProvider implements IdentityProvider {
  account: ProvidedAccount = {
    issuer: 'https://id.example',
    subject: 'ada',
    verifiedEmail: 'Ada@Example.com',
  };
  readonly begun: SignInChecks[] = [];

  async signInUrl(checks: SignInChecks): Promise<string> {
    this.begun.push(checks);
    return `https://id.example/authorize?state=${checks.state}`;
  }

  async accountOf(query: string, checks: SignInChecks): Promise<ProvidedAccount> {
    if (query !== `?state=${checks.state}`) throw new Error('another state');
    return this.account;
  }
}

let scene: IdentityScenario;
let provider: TrustingProvider;
let external: ExternalSignIn;

beforeEach(() => {
  scene = identityScenario();
  provider = new TrustingProvider();
  const { signingIn, signingUp, guard, store, clock } = scene;
  external = new ExternalSignIn(signingIn, signingUp, guard, provider, store, secrets, clock);
});

async function begin() {
  const { url, ticket } = await external.begin(redirectUri);
  return { query: new URL(url).search, ticket, redirectUri };
}

async function signIn(terms = closed) {
  const { token } = await external.finish(await begin(), terms, scene.visit());
  return scene.sessions.of(token);
}

const invite = () =>
  scene.users.inviteOperator({ email: 'ada@example.com', roles: ['finance'] }, 'desk', byTest);

describe('coming back from the identity provider', () => {
  test('opens a session of the account that has the address', async () => {
    const { userId } = await invite();

    expect(await signIn()).toMatchObject({ userId, operatorRoles: ['finance'] });
    expect(scene.facts(`user-${userId}`)).toContain('SignedIn');
  });

  test('counts once', async () => {
    await invite();
    const back = await begin();
    await external.finish(back, closed, scene.visit());

    await expect(external.finish(back, closed, scene.visit())).rejects.toMatchObject(
      refusal('unauthorized'),
    );
  });

  test('counts for ten minutes', async () => {
    await invite();
    const back = await begin();
    scene.clock.advance(600_000);

    await expect(external.finish(back, closed, scene.visit())).rejects.toMatchObject(
      refusal('unauthorized'),
    );
  });

  test.each(['', 'nonsense', `zzzzzzzzzzz.${'A'.repeat(43)}`])(
    'is nobody’s with the ticket “%s”',
    async (ticket) => {
      const back = { ...(await begin()), ticket };

      await expect(external.finish(back, closed, scene.visit())).rejects.toMatchObject(
        refusal('unauthorized'),
      );
    },
  );

  test('stops for an address that tries often, before anything is asked of the provider', async () => {
    await invite();
    const made = { query: '', ticket: 'nonsense', redirectUri };
    const guess = () => external.finish(made, closed, scene.visit());
    for (let tries = 0; tries < 100; tries += 1) {
      await expect(guess()).rejects.toMatchObject(refusal('unauthorized'));
    }
    const kept = scene.store.tries.rows.size;

    await expect(signIn()).rejects.toMatchObject(refusal('rate_limited'));
    expect(scene.store.tries.rows.size).toBe(kept);
    const elsewhere = external.finish(await begin(), closed, scene.visit(undefined, '192.0.2.1'));
    expect((await elsewhere).token).toBeDefined();
  });

  test('belongs to the browser in which it began', async () => {
    await invite();
    const [mine, theirs] = [await begin(), await begin()];
    const mixed = { ...mine, ticket: theirs.ticket };

    await expect(external.finish(mixed, closed, scene.visit())).rejects.toThrow('another state');
  });

  test('is checked by secrets that no two sign-ins share, nor does the ticket tell', async () => {
    const { ticket } = await begin();
    await begin();
    const secretsOf = ({ state, nonce, codeVerifier }: SignInChecks) => [
      state,
      nonce,
      codeVerifier,
    ];
    const all = provider.begun.flatMap(secretsOf);

    expect(new Set(all).size).toBe(6);
    for (const secret of all) expect(secret).toMatch(/^[\w-]{43}$/);
    for (const secret of all) expect(ticket).not.toContain(secret);
  });
});

describe('whoever is new', () => {
  test('is refused while sign-up is closed', async () => {
    await expect(signIn()).rejects.toMatchObject(refusal('forbidden'));
  });

  test('gets a tenant of their own while it is open, and is known from then on', async () => {
    const first = await signIn(open);
    const again = await signIn(open);

    expect(first).toMatchObject({ email: 'ada@example.com', memberships: [{ role: 'owner' }] });
    expect(again?.userId).toBe(first?.userId);
    expect(again?.memberships).toEqual(first?.memberships);
    expect(JSON.stringify(scene.log.events.map(({ data }) => data))).not.toMatch(/ada@/i);
  });

  test('is refused without an address that was verified', async () => {
    provider.account = { ...provider.account, verifiedEmail: undefined };

    await expect(signIn(open)).rejects.toMatchObject(refusal('forbidden'));
  });
});

describe('the operator’s domains', () => {
  test.each([
    ['example.com', true],
    ['elsewhere.example', false],
    ['ample.com', false],
  ])('%s', async (domain, isIn) => {
    await invite();
    const coming = signIn({ ...closed, emailDomains: [domain] });

    if (isIn) expect(await coming).toBeDefined();
    else await expect(coming).rejects.toMatchObject(refusal('forbidden'));
  });
});

test('there may be no identity provider', async () => {
  const { signingIn, signingUp, guard, store, clock } = scene;
  const none = new ExternalSignIn(signingIn, signingUp, guard, null, store, secrets, clock);

  await expect(none.begin(redirectUri)).rejects.toMatchObject(refusal('not_found'));
});
