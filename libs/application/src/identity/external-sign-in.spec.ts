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
    secondFactorShown: false,
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
  external = throughProvider(provider);
});

function throughProvider(found: IdentityProvider | null): ExternalSignIn {
  const { signingIn, signingUp, invitations, guard, store, clock } = scene;
  return new ExternalSignIn(signingIn, signingUp, invitations, guard, found, store, secrets, clock);
}

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

describe('somebody with a second factor here', () => {
  const setUp = async () => {
    await invite();
    const { token } = await external.finish(await begin(), closed, scene.visit());
    const { secret } = await scene.secondFactor.begin(undefined, scene.visit(token));
    const code = () => scene.codes.codeAt(secret, scene.clock.now());
    await scene.secondFactor.confirm(code(), scene.visit(token));
    scene.clock.advance(30_000);
    return code;
  };

  test('shows it after the provider, too', async () => {
    const code = await setUp();
    const opened = await external.finish(await begin(), closed, scene.visit());

    expect(opened.secondFactorPending).toBe(true);
    const shown = await scene.secondFactor.show(code(), scene.visit(opened.token));
    expect(await scene.sessions.of(shown.token)).toMatchObject({ operatorRoles: ['finance'] });
  });

  test('need not when the provider vouches for one that counts, which is on record', async () => {
    await setUp();
    provider.account = { ...provider.account, secondFactorShown: true };
    const opened = await external.finish(await begin(), closed, scene.visit());

    expect(opened.secondFactorPending).toBe(false);
    const user = await scene.users.find('ada@example.com');
    const last = scene.log.streams.get(`user-${user.userId}`)?.at(-1);
    expect(last?.data).toEqual({ method: 'openid_connect', secondFactor: true });
  });
});

describe('an invitation, while sign-up is closed', () => {
  const password = 'mist over the water';
  let tenantId: string;

  beforeEach(async () => {
    const owner = { tenantName: 'Atlas', email: 'owner@example.com', password };
    const { token } = await scene.signingUp.signUp(owner, 0n, scene.visit());
    tenantId = (await scene.sessions.of(token))?.memberships[0]?.tenantId as string;
  });

  const invited = async (email = 'ada@example.com') =>
    (await scene.members.invite(tenantId, { email, role: 'developer' }, byTest)).token;
  const come = async (invitation: string) =>
    external.finish({ ...(await begin()), invitation }, closed, scene.visit());
  const nobodyCame = async () =>
    expect(await scene.store.users.byEmail('ada@example.com')).toBeUndefined();

  test('lets in who has its address, without a password and without a tenant of their own', async () => {
    const invitation = await invited();
    const { token } = await come(invitation);
    await scene.invitations.accept(invitation, undefined, scene.visit(token));
    const joined = [{ tenantId, role: 'developer' }];
    expect((await scene.sessions.of(token))?.memberships).toEqual(joined);
    expect(await signIn()).toMatchObject({ email: 'ada@example.com', memberships: joined });
    expect((await scene.store.users.byEmail('ada@example.com'))?.passwordHash).toBeNull();
  });

  test.each([
    ['is for another address', 'grace@example.com', 'Ada@Example.com'],
    ['is for an address that was not verified', 'ada@example.com', undefined],
  ])('lets nobody in that %s', async (_, address, verifiedEmail) => {
    provider.account = { ...provider.account, verifiedEmail };
    await expect(come(await invited(address))).rejects.toMatchObject(refusal('forbidden'));
    await nobodyCame();
  });

  test('lets nobody in once it is withdrawn, over or made up', async () => {
    const link = await scene.members.invite(
      tenantId,
      { email: 'ada@example.com', role: 'viewer' },
      byTest,
    );
    await scene.members.withdraw(tenantId, link.invitationId, 'typo', byTest);
    for (const token of [link.token, 'A'.repeat(43)]) {
      await expect(come(token)).rejects.toMatchObject(refusal('not_found'));
    }
    await nobodyCame();
  });

  test('does not hand over an account that somebody made with a password of their own', async () => {
    const trap = { tenantName: 'Trap', email: 'ada@example.com', password };
    await scene.signingUp.signUp(trap, 0n, scene.visit());
    await expect(come(await invited())).rejects.toMatchObject(refusal('forbidden'));
  });

  test('is no use against the operator’s domains', async () => {
    const back = { ...(await begin()), invitation: await invited() };
    const elsewhere = { ...closed, emailDomains: ['elsewhere.example'] };
    await expect(external.finish(back, elsewhere, scene.visit())).rejects.toMatchObject(
      refusal('forbidden'),
    );
    await nobodyCame();
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
  const none = throughProvider(null);

  await expect(none.begin(redirectUri)).rejects.toMatchObject(refusal('not_found'));
});
