import { type Access, BY_HANDLER, type OperatorArea, SESSION_COOKIE } from '@imprest/platform';

export const securitySchemes = {
  tenantKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'imp_live_… or imp_test_…',
    description: 'API key of a tenant, in `Authorization: Bearer <key>`.',
  },
  tenantKeyHeader: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'API key of a tenant, in a header of its own.',
  },
  operatorKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'The operator’s key (`IMPREST_ADMIN_KEY`).',
  },
  workerKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'The key of the workers (`IMPREST_WORKER_KEY`).',
  },
  consoleSession: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description:
      'Session of a person at the console. With it, `/console/api/tenants/{tenantId}/v1/…` and `/console/api/operator/admin/v1/…` reach the routes of tenants and operators; what changes something needs the header `x-csrf-token` as well.',
  },
};

/** Alternatives, any one of which is enough; none for a public route. */
export function securityOf(access: Access): readonly object[] {
  switch (access.kind) {
    case 'public':
    case 'visitor':
      return [];
    case 'tenant':
      return [{ tenantKey: [] }, { tenantKeyHeader: [] }];
    case 'operator':
      return [{ operatorKey: [] }];
    case 'worker':
      return [{ workerKey: [] }];
    case 'session':
      return [{ consoleSession: [] }];
  }
}

const FROM_THE_CONSOLE = 'What changes something is taken from pages of the console only.';
const BEFORE_SECOND_FACTOR = 'Also open to a session that waits for its second factor.';

function operatorNote(area: OperatorArea): string {
  const entitled = area === 'any' ? 'Any area of operators' : `Area \`${area}\` of operators`;
  return `${entitled}; the key of an operator is for all of them.`;
}

/** What a key needs besides being valid, in words. */
export function accessNote(access: Access): string | undefined {
  if (access.kind === 'operator') return operatorNote(access.area);
  if (access.kind === 'visitor') return FROM_THE_CONSOLE;
  if (access.kind === 'session') return access.pending ? BEFORE_SECOND_FACTOR : undefined;
  if (access.kind !== 'tenant') return undefined;
  const { scope, bucket } = access;
  const counted =
    bucket === BY_HANDLER ? 'polling` of the dialect that asked for the work' : `${bucket}\``;
  return `Scope \`${scope}\`; counts in the rate limit bucket \`${counted}.`;
}
