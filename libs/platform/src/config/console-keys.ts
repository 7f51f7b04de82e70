import type { ConfigKey } from './config-key.js';

/** The console, and signing in to it with an account from elsewhere. */
export const consoleKeys = [
  {
    name: 'IMPREST_CONSOLE',
    default: 'on',
    meaning: 'off takes the console at /console away, and with it signing in',
  },
  {
    name: 'IMPREST_SIGN_UP',
    default: 'closed',
    meaning:
      'open lets anybody make an account with a tenant of its own at the console, welcome credits included; closed: people come by invitation',
  },
  {
    name: 'IMPREST_OIDC_ISSUER',
    default: 'empty',
    meaning:
      'OpenID Connect provider whose accounts may sign in to the console: its issuer, an https URL; empty: none',
  },
  {
    name: 'IMPREST_OIDC_CLIENT_ID',
    default: 'empty',
    meaning:
      'what the provider calls this client, whose redirect URI is <PUBLIC_URL>/console/api/session/oidc/callback',
  },
  {
    name: 'IMPREST_OIDC_CLIENT_SECRET',
    default: 'empty',
    meaning: 'secret of that client; empty: a public client, which has PKCE alone',
    secret: true,
  },
  {
    name: 'IMPREST_OIDC_EMAIL_DOMAINS',
    default: 'empty',
    meaning:
      'domains of the e-mail addresses that may sign in that way, comma-separated; empty: any that the provider has verified',
  },
  {
    name: 'IMPREST_OIDC_SECOND_FACTOR_AMR',
    default: 'empty',
    meaning:
      'values of the claim `amr` that stand for a second factor, comma-separated, such as mfa,hwk; empty: who has a second factor here shows it here',
  },
  {
    name: 'IMPREST_OIDC_SECOND_FACTOR_ACR',
    default: 'empty',
    meaning:
      'values of the claim `acr` that stand for a second factor, comma-separated; the provider is asked for them, the first before the others',
  },
] as const satisfies readonly ConfigKey[];
