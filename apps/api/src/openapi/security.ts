import { type Access, BY_HANDLER, type OperatorArea } from '@imprest/platform';

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
};

/** Alternatives, any one of which is enough; none for a public route. */
export function securityOf(access: Access): readonly object[] {
  switch (access.kind) {
    case 'public':
      return [];
    case 'tenant':
      return [{ tenantKey: [] }, { tenantKeyHeader: [] }];
    case 'operator':
      return [{ operatorKey: [] }];
    case 'worker':
      return [{ workerKey: [] }];
  }
}

function operatorNote(area: OperatorArea): string {
  const entitled = area === 'any' ? 'Any area of operators' : `Area \`${area}\` of operators`;
  return `${entitled}; the key of an operator is for all of them.`;
}

/** What a key needs besides being valid, in words. */
export function accessNote(access: Access): string | undefined {
  if (access.kind === 'operator') return operatorNote(access.area);
  if (access.kind !== 'tenant') return undefined;
  const { scope, bucket } = access;
  const counted =
    bucket === BY_HANDLER ? 'polling` of the dialect that asked for the work' : `${bucket}\``;
  return `Scope \`${scope}\`; counts in the rate limit bucket \`${counted}.`;
}
