import {
  DomainFailure,
  type IdentityProvider,
  type ProvidedAccount,
  type SignInChecks,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { type OutgoingHttp, OutgoingRequestError } from '@imprest/outgoing-http';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import { guardedFetch } from './guarded-fetch.js';

export interface OpenIdConnectOptions {
  /** Nobody else is believed. Plain http is for trials on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: a public client. */
  readonly clientSecret: string | undefined;
  /** Values of the claims `amr` (RFC 8176) and `acr` that stand for a second factor. */
  readonly secondFactor: { readonly amr: readonly string[]; readonly acr: readonly string[] };
  readonly http: OutgoingHttp;
  readonly nowMs: () => number;
}

const SCOPE = 'openid email';
/** Providers change keys and addresses; the keys themselves are looked up anew when one is unknown. */
const KNOWN_FOR_MS = 60 * 60_000;

const refusal = (...error: Parameters<typeof domainError>) =>
  new DomainFailure(domainError(...error));

/** The authorization code flow with PKCE, state and nonce; the ID token's signature is checked, too. */
export class OpenIdConnectProvider implements IdentityProvider {
  private known: { readonly configuration: Configuration; readonly untilMs: number } | undefined;

  constructor(private readonly options: OpenIdConnectOptions) {}

  async signInUrl(checks: SignInChecks): Promise<string> {
    const { acr } = this.options.secondFactor;
    const url = buildAuthorizationUrl(await this.configuration(), {
      response_type: 'code',
      scope: SCOPE,
      redirect_uri: checks.redirectUri,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await calculatePKCECodeChallenge(checks.codeVerifier),
      code_challenge_method: 'S256',
      ...(acr.length > 0 && { acr_values: acr.join(' ') }),
    });
    return url.href;
  }

  async accountOf(query: string, checks: SignInChecks): Promise<ProvidedAccount> {
    const configuration = await this.configuration();
    const { search } = new URL(query, checks.redirectUri);
    const cameTo = new URL(search, checks.redirectUri);
    const tokens = await authorizationCodeGrant(configuration, cameTo, {
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      pkceCodeVerifier: checks.codeVerifier,
      idTokenExpected: true,
    }).catch((error: unknown) => {
      throw failureOf(error);
    });
    const claims = tokens.claims();
    if (claims === undefined) throw refusal('unauthorized', NOT_BELIEVED);
    const { iss, sub, email, email_verified: verified } = claims;
    const isVerified = verified === true && typeof email === 'string';
    return {
      issuer: iss,
      subject: sub,
      verifiedEmail: isVerified ? email : undefined,
      secondFactorShown: this.isSecondFactor(claims),
    };
  }

  private isSecondFactor({ amr, acr }: Readonly<Record<string, unknown>>): boolean {
    const { secondFactor } = this.options;
    const methods: readonly unknown[] = Array.isArray(amr) ? amr : [];
    const isIn = (accepted: readonly string[], value: unknown) =>
      typeof value === 'string' && accepted.includes(value);
    return isIn(secondFactor.acr, acr) || methods.some((each) => isIn(secondFactor.amr, each));
  }

  private async configuration(): Promise<Configuration> {
    const nowMs = this.options.nowMs();
    if (this.known !== undefined && nowMs < this.known.untilMs) return this.known.configuration;
    const configuration = await this.discover();
    this.known = { configuration, untilMs: nowMs + KNOWN_FOR_MS };
    return configuration;
  }

  private discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret, http } = this.options;
    const authentication = clientSecret === undefined ? None() : ClientSecretBasic(clientSecret);
    const isPlain = new URL(issuer).protocol === 'http:';
    const execute = [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])];
    return discovery(new URL(issuer), clientId, {}, authentication, {
      [customFetch]: guardedFetch(http),
      execute,
    }).catch((error: unknown) => {
      throw failureOf(error);
    });
  }
}

const NOT_BELIEVED = 'what the identity provider answered does not hold; sign in again';

/** What exactly does not hold is for the operator's log: whoever signs in learns that it does not. */
function failureOf(error: unknown): DomainFailure {
  const causes = [error, (error as { cause?: unknown } | undefined)?.cause];
  const unreachable = causes.some((cause) => cause instanceof OutgoingRequestError);
  const failure = unreachable
    ? refusal('unavailable', 'the identity provider cannot be reached')
    : refusal('unauthorized', NOT_BELIEVED);
  failure.cause = error;
  return failure;
}
