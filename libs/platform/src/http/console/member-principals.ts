import {
  DEFAULT_REQUESTS_PER_MINUTE,
  type Principal,
  type Session,
  scopesOfRole,
  type Tenants,
} from '@imprest/application';

/** Whom a session speaks for in each of its tenants. */
export class MemberPrincipals {
  /** A session is the same object for some seconds; so is what it stands for, which limits are counted by. */
  private readonly known = new WeakMap<Session, Map<string, Principal>>();

  constructor(private readonly tenants: Pick<Tenants, 'tier'>) {}

  /** Undefined when the tenant, should it exist, is none of the session's. */
  async of(session: Session, tenantId: string): Promise<Principal | undefined> {
    const known = this.known.get(session)?.get(tenantId);
    if (known !== undefined) return known;
    const membership = session.memberships.find((each) => each.tenantId === tenantId);
    if (membership === undefined) return undefined;
    const { userId } = session;
    const principal: Principal = {
      apiKeyId: userId,
      member: { userId, role: membership.role },
      tenantId,
      scopes: scopesOfRole(membership.role),
      models: null,
      expiresAt: null,
      requestsPerMinute: DEFAULT_REQUESTS_PER_MINUTE,
      tier: await this.tenants.tier(tenantId),
    };
    const ofSession = this.known.get(session) ?? new Map<string, Principal>();
    this.known.set(session, ofSession.set(tenantId, principal));
    return principal;
  }
}
