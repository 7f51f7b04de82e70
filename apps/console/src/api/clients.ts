import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { csrfToken } from '../session/csrf-token.ts';
import { useTenantId } from '../session/use-tenant.ts';
import { type ApiError, toApiError, unreachable } from './api-error.ts';
import type { paths } from './openapi.ts';

export type Api = Client<paths>;

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

async function failureOf(response: Response): Promise<ApiError> {
  const body = await response
    .clone()
    .json()
    .catch(() => null);
  return toApiError(response.status, body, response.headers.get('x-request-id'));
}

const asTheConsole: Middleware = {
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set('x-csrf-token', csrfToken());
  },
  async onResponse({ response }) {
    if (!response.ok) throw await failureOf(response);
  },
  onError: unreachable,
};

function clientOf(baseUrl: string): Api {
  const client = createClient<paths>({ baseUrl, credentials: 'same-origin' });
  client.use(asTheConsole);
  return client;
}

/** Where the routes of a tenant are for its members: also for links, images and event streams. */
export const tenantBase = (tenantId: string) =>
  `/console/api/tenants/${encodeURIComponent(tenantId)}`;
/** Where the routes of the operator are for those who operate. */
export const OPERATOR_BASE = '/console/api/operator';

const operatorApi = clientOf(OPERATOR_BASE);

const tenantApis = new Map<string, Api>();

/** The API as a tenant; calls reject with `ApiError`. */
export function tenantApi(tenantId: string): Api {
  const known = tenantApis.get(tenantId) ?? clientOf(tenantBase(tenantId));
  tenantApis.set(tenantId, known);
  return known;
}

/** The API as the tenant of this page; calls reject with `ApiError`. */
export const useTenantApi = (): Api => tenantApi(useTenantId());

/** The API of the operator; calls reject with `ApiError`. */
export const useOperatorApi = (): Api => operatorApi;

/** Body of the answer of a call, which rejects where there is none. */
export async function answerOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T;
}
