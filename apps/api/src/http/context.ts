import type { CommandContext, Principal } from '@imprest/application';
import type { Operator } from '@imprest/domain';
import type { FastifyRequest } from 'fastify';

/** The tenant's request; the access hook has let nothing else through. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new Error('the route is open to tenants only');
  return request.principal;
}

/** A key of the tenant, or a member of it at the console. */
function actorOf({ apiKeyId, member }: Principal): CommandContext['actor'] {
  return member === undefined
    ? { kind: 'apiKey', id: apiKeyId }
    : { kind: 'user', id: member.userId };
}

export function tenantContext(request: FastifyRequest): CommandContext {
  const actor = actorOf(principalOf(request));
  const { id, traceparent } = request;
  return { correlationId: id, causationId: id, actor, traceparent };
}

/** Who of the operators sent the request; the access hook has let nobody else through. */
export function operatorOf(request: FastifyRequest): Operator {
  if (request.operator === null) throw new Error('the route is open to operators only');
  return request.operator;
}

export function operatorContext(request: FastifyRequest): CommandContext {
  const { id, traceparent, session } = request;
  const kind = session === null ? 'operator' : 'user';
  const actor = { kind, id: operatorOf(request).name } as const;
  return { correlationId: id, causationId: id, actor, traceparent };
}
