import type { CommandContext, Principal } from '@imprest/application';
import type { FastifyRequest } from 'fastify';

/** The tenant's request; the access hook has let nothing else through. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new Error('the route is open to tenants only');
  return request.principal;
}

export function tenantContext(request: FastifyRequest): CommandContext {
  const actor = { kind: 'apiKey', id: principalOf(request).apiKeyId } as const;
  return { correlationId: request.id, causationId: request.id, actor };
}

export function operatorContext(request: FastifyRequest): CommandContext {
  const actor = { kind: 'operator', id: 'admin-key' } as const;
  return { correlationId: request.id, causationId: request.id, actor };
}
