import type { EnvironmentReader } from './environment-reader.js';

export interface OpenIdConnectChoice {
  /** As the provider spells it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: a public client. */
  readonly clientSecret: string | undefined;
  /** In lower case; none: any address that the provider has verified. */
  readonly emailDomains: readonly string[];
  /** What stands for a second factor shown at the provider; nothing: what it says of that is not believed. */
  readonly secondFactor: { readonly amr: readonly string[]; readonly acr: readonly string[] };
}

export interface ConsoleChoice {
  readonly enabled: boolean;
  /** Whether anybody may sign up and get a tenant. */
  readonly signUpOpen: boolean;
  /** Undefined: accounts from elsewhere cannot sign in. */
  readonly openIdConnect: OpenIdConnectChoice | undefined;
}

const DOMAIN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;
const LOOPBACK: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

/** Whoever can change what a provider says can be anyone: only trials on one machine go without TLS. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, search, hash } = new URL(text);
  const safe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
  return safe && username === '' && search === '' && hash === '';
}

const listed = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

function emailDomains(reader: EnvironmentReader): readonly string[] {
  const domains = listed(reader.text('IMPREST_OIDC_EMAIL_DOMAINS')?.toLowerCase());
  for (const domain of domains) {
    if (!DOMAIN.test(domain)) {
      reader.problems.push(`IMPREST_OIDC_EMAIL_DOMAINS: ${domain} is no domain`);
    }
  }
  return domains;
}

/** The provider gets them as one parameter, parted by blanks. */
function claimValues(
  reader: EnvironmentReader,
  name: 'IMPREST_OIDC_SECOND_FACTOR_AMR' | 'IMPREST_OIDC_SECOND_FACTOR_ACR',
): readonly string[] {
  const values = listed(reader.text(name));
  if (values.some((value) => /\s/.test(value))) {
    reader.problems.push(`${name} must be values without blanks, parted by commas`);
  }
  return values;
}

function openIdConnect(reader: EnvironmentReader): OpenIdConnectChoice | undefined {
  const issuer = reader.text('IMPREST_OIDC_ISSUER');
  const clientId = reader.text('IMPREST_OIDC_CLIENT_ID');
  const clientSecret = reader.text('IMPREST_OIDC_CLIENT_SECRET');
  const domains = emailDomains(reader);
  const secondFactor = {
    amr: claimValues(reader, 'IMPREST_OIDC_SECOND_FACTOR_AMR'),
    acr: claimValues(reader, 'IMPREST_OIDC_SECOND_FACTOR_ACR'),
  };
  if (issuer === undefined) return undefined;
  if (!isIssuer(issuer)) {
    reader.problems.push('IMPREST_OIDC_ISSUER must be an https URL without query and user');
  }
  if (clientId === undefined) {
    reader.problems.push('IMPREST_OIDC_CLIENT_ID must be set beside IMPREST_OIDC_ISSUER');
    return undefined;
  }
  return { issuer, clientId, clientSecret, emailDomains: domains, secondFactor };
}

export function consoleChoice(reader: EnvironmentReader): ConsoleChoice {
  const enabled = reader.oneOf('IMPREST_CONSOLE', ['on', 'off'], 'on') === 'on';
  const signUpOpen = reader.oneOf('IMPREST_SIGN_UP', ['open', 'closed'], 'closed') === 'open';
  return { enabled, signUpOpen, openIdConnect: openIdConnect(reader) };
}
