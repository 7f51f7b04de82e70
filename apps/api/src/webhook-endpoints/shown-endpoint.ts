import type { OpenEndpoint } from '@imprest/application';

/** Where anybody finds the keys of an endpoint: who checks signatures need not be who has an API key. */
export const PUBLIC_KEYS_PATH = '.well-known/webhook-keys';

/** An endpoint, and the absolute URL of its public keys; null where a secret is shared. */
export function shownEndpoint<E extends OpenEndpoint>(tenantId: string, endpoint: E, base: string) {
  const isPublic = endpoint.publicKeys.length > 0;
  const url = `${base}/${PUBLIC_KEYS_PATH}/${tenantId}/${endpoint.id}`;
  return { ...endpoint, publicKeysUrl: isPublic ? url : null };
}
