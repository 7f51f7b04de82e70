import type { Clock, IdentityProvider } from '@imprest/application';
import type { OutgoingHttp } from '@imprest/outgoing-http';
import type { Config } from '../../config/index.js';

interface Needed {
  readonly config: Config;
  readonly outgoing: OutgoingHttp;
  readonly clock: Clock;
}

/** The one of the configuration; null when there is none, and its code is not loaded then. */
export async function openIdentityProvider({
  config,
  outgoing: http,
  clock,
}: Needed): Promise<IdentityProvider | null> {
  const { openIdConnect } = config.console;
  if (openIdConnect === undefined) return null;
  const { OpenIdConnectProvider } = await import('@imprest/openid-connect');
  return new OpenIdConnectProvider({ ...openIdConnect, http, nowMs: () => clock.now().getTime() });
}
