import type { IncomingMessage } from 'node:http';

/** For whom a request through the console's prefix is: a tenant, or the operators. */
export type ConsoleTarget =
  | { readonly kind: 'tenant'; readonly tenantId: string }
  | { readonly kind: 'operator' };

const PREFIX = '/console/api/';
const TENANT = /^\/console\/api\/tenants\/([A-Za-z0-9][A-Za-z0-9_]{0,63})(\/(?:api\/)?v1\/.*)$/;
const OPERATOR = /^\/console\/api\/operator(\/admin\/v1\/.*)$/;

/** On the request itself, where nothing that a caller sends can put it. */
const TARGET = Symbol('console target');

type Marked = Pick<IncomingMessage, 'url'> & { [TARGET]?: ConsoleTarget };

/**
 * Lets `/console/api/tenants/{tenantId}/v1/…` reach `/v1/…` and `/console/api/operator/admin/v1/…` reach
 * `/admin/v1/…`, and marks the request: it is the session cookie, and nothing else, that speaks for it.
 * @returns the URL to route by
 */
export function routeConsoleUrl(request: Marked): string {
  const { url = '/' } = request;
  if (!url.startsWith(PREFIX)) return url;
  const [, tenantId, ofTenant] = TENANT.exec(url) ?? [];
  if (tenantId !== undefined && ofTenant !== undefined) {
    request[TARGET] = { kind: 'tenant', tenantId };
    return ofTenant;
  }
  const [, ofOperators] = OPERATOR.exec(url) ?? [];
  if (ofOperators === undefined) return url;
  request[TARGET] = { kind: 'operator' };
  return ofOperators;
}

/** Undefined for a request that came by the URL it was sent to. */
export function consoleTarget(request: Marked): ConsoleTarget | undefined {
  return request[TARGET];
}
