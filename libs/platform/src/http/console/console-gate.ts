import {
  areasOfRoles,
  type ConsoleSessions,
  DomainFailure,
  type Principal,
  type Session,
} from '@imprest/application';
import { domainError, type Operator } from '@imprest/domain';
import type { FastifyRequest } from 'fastify';
import type { OperatorArea } from '../access.js';
import { isSameSecret } from '../same-secret.js';
import type { MemberPrincipals } from './member-principals.js';
import { changesSomething, demandSameOrigin } from './same-origin.js';
import { sessionTokenOf } from './session-cookie.js';

interface ConsoleChoice {
  readonly enabled: boolean;
  readonly publicUrl: string | undefined;
}

const refusal = (...error: Parameters<typeof domainError>) =>
  new DomainFailure(domainError(...error));

/** What a browser may do by its session. Every refusal is a DomainFailure. */
export class ConsoleGate {
  constructor(
    private readonly sessions: Pick<ConsoleSessions, 'of'>,
    private readonly members: Pick<MemberPrincipals, 'of'>,
    private readonly choice: ConsoleChoice,
  ) {}

  /** Anybody's page of the console. @throws DomainFailure forbidden; not_found when there is no console */
  visitor(request: FastifyRequest): void {
    const { enabled, publicUrl } = this.choice;
    if (!enabled) throw refusal('not_found', 'there is no console here');
    if (changesSomething(request)) demandSameOrigin(request, publicUrl);
  }

  /**
   * Puts the session on the request.
   * @param pending whether one will do that still waits for its second factor
   * @throws DomainFailure unauthorized, forbidden, not_found
   */
  async session(request: FastifyRequest, pending = false): Promise<Session> {
    this.visitor(request);
    const token = sessionTokenOf(request.headers);
    const session = token === undefined ? undefined : await this.sessions.of(token);
    if (session === undefined) throw refusal('unauthorized', 'sign in to the console');
    if (session.secondFactorPending && !pending) {
      throw refusal('unauthorized', 'finish signing in with the code of your second factor');
    }
    if (changesSomething(request)) demandCsrfToken(request, session);
    request.session = session;
    return session;
  }

  /** @throws DomainFailure also not_found for a tenant that the person is no member of */
  async member(request: FastifyRequest, tenantId: string): Promise<Principal> {
    const principal = await this.members.of(await this.session(request), tenantId);
    if (principal === undefined) throw refusal('not_found', 'there is nothing under this id');
    return principal;
  }

  /** @throws DomainFailure also forbidden, naming the area */
  async operator(request: FastifyRequest, area: OperatorArea): Promise<Operator> {
    const { operatorRoles, userId } = await this.session(request);
    const areas = areasOfRoles(operatorRoles);
    const enters = area === 'any' ? areas.size > 0 : areas.has(area);
    if (enters) return { name: userId, personal: true };
    const needed = area === 'any' ? 'a role of an operator' : `a role for the area ${area}`;
    throw refusal('forbidden', `this needs ${needed}`, { details: { area } });
  }
}

function demandCsrfToken({ headers }: FastifyRequest, { csrfToken }: Session): void {
  const given = headers['x-csrf-token'];
  if (isSameSecret(typeof given === 'string' ? given : undefined, csrfToken)) return;
  throw refusal('forbidden', 'send the csrfToken of GET /console/api/session as x-csrf-token');
}
