import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { type StubAnswer, type StubRequest, StubServer } from '../payments/stub-server.js';

/** What goes wrong with the next ID tokens. */
export type OpenIdFault = 'nonce' | 'audience' | 'issuer' | 'expired' | 'signature' | 'unsigned';

export interface OpenIdAccount {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly amr?: unknown;
  readonly acr?: unknown;
}

interface Grant {
  readonly account: OpenIdAccount;
  readonly redirectUri: string;
  readonly nonce: string;
  readonly codeChallenge: string;
}

const ADA: OpenIdAccount = { sub: 'ada', email: 'ada@example.com', email_verified: true };
const KEY_ID = 'stub-key';
const LIFE_SECONDS = 300;

const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const refused = (error: string): StubAnswer => ({ status: 400, body: { error } });

/** Each form-encoded before they are joined (RFC 6749, section 2.3.1). */
function basicCredentials(authorization = ''): readonly string[] {
  const joined = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
  return joined.split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
}

/**
 * An OpenID provider as the protocol has it, as far as the authorization code flow with PKCE goes (OpenID
 * Connect Core 3.1, Discovery 4, RFC 7636). Tests play the person at its sign-in page.
 */
export class OpenIdProviderStub {
  readonly clientId = 'imprest-console';
  readonly clientSecret = 'openid-client-secret';
  /** Who is signed in at the provider. */
  account: OpenIdAccount = ADA;
  fault: OpenIdFault | undefined;
  private readonly keys = newKeys();
  private readonly grants = new Map<string, Grant>();

  private constructor(readonly server: StubServer) {}

  static async start(): Promise<OpenIdProviderStub> {
    let stub: OpenIdProviderStub | undefined;
    const server = await StubServer.start((request) =>
      (stub as OpenIdProviderStub).answer(request),
    );
    stub = new OpenIdProviderStub(server);
    return stub;
  }

  get issuer(): string {
    return this.server.url;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** As it was at the start. Making keys anew would take its time. */
  reset(): void {
    this.account = ADA;
    this.fault = undefined;
    this.grants.clear();
    this.server.isDown = false;
    this.server.requests.length = 0;
  }

  /** The person agrees: where the browser goes next. */
  authorize(authorizationUrl: string): string {
    const asked = new URL(authorizationUrl).searchParams;
    const value = (name: string) => asked.get(name) ?? '';
    const agreed =
      value('response_type') === 'code' &&
      value('client_id') === this.clientId &&
      value('code_challenge_method') === 'S256' &&
      value('scope').split(' ').includes('openid');
    if (!agreed) throw new Error(`the provider does not take ${authorizationUrl}`);
    const code = randomUUID();
    this.grants.set(code, {
      account: this.account,
      redirectUri: value('redirect_uri'),
      nonce: value('nonce'),
      codeChallenge: value('code_challenge'),
    });
    const back = new URL(value('redirect_uri'));
    back.searchParams.set('code', code);
    back.searchParams.set('state', value('state'));
    return back.href;
  }

  private answer(request: StubRequest): StubAnswer {
    switch (`${request.method} ${request.url.pathname}`) {
      case 'GET /.well-known/openid-configuration':
        return { status: 200, body: this.metadata() };
      case 'GET /jwks': {
        const key = this.keys.publicKey.export({ format: 'jwk' });
        return { status: 200, body: { keys: [{ ...key, kid: KEY_ID, use: 'sig', alg: 'RS256' }] } };
      }
      case 'GET /authorize': {
        const location = this.authorize(
          `${this.issuer}${request.url.pathname}${request.url.search}`,
        );
        return { status: 302, body: null, headers: { location } };
      }
      case 'POST /token':
        return this.exchange(request);
      default:
        return { status: 404, body: { error: 'not_found' } };
    }
  }

  private metadata(): object {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  private exchange({ headers, body }: StubRequest): StubAnswer {
    const form = new URLSearchParams(body);
    const [clientId, clientSecret] = basicCredentials(headers.authorization);
    if (clientId !== this.clientId || clientSecret !== this.clientSecret) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    const code = form.get('code') ?? '';
    const grant = this.grants.get(code);
    this.grants.delete(code);
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (grant === undefined || form.get('redirect_uri') !== grant.redirectUri) {
      return refused('invalid_grant');
    }
    if (challenge !== grant.codeChallenge) return refused('invalid_grant');
    const tokens = { access_token: randomUUID(), token_type: 'Bearer', expires_in: LIFE_SECONDS };
    return { status: 200, body: { ...tokens, id_token: this.idToken(grant) } };
  }

  private idToken({ account, nonce }: Grant): string {
    const { fault } = this;
    const now = Math.floor(Date.now() / 1000);
    const issuedAt = fault === 'expired' ? now - 2 * LIFE_SECONDS : now;
    const claims = {
      ...account,
      iss: fault === 'issuer' ? 'https://elsewhere.example' : this.issuer,
      aud: fault === 'audience' ? 'another-client' : this.clientId,
      nonce: fault === 'nonce' ? 'another-nonce' : nonce,
      iat: issuedAt,
      exp: issuedAt + LIFE_SECONDS,
    };
    const header = { alg: fault === 'unsigned' ? 'none' : 'RS256', typ: 'JWT', kid: KEY_ID };
    const signed = `${encoded(header)}.${encoded(claims)}`;
    if (fault === 'unsigned') return `${signed}.`;
    const { privateKey } = fault === 'signature' ? newKeys() : this.keys;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }
}
