import {
  ConsoleSessions,
  IDENTITY_STORE,
  type IdentityStore,
  type Membership,
  type Session,
  Tenants,
} from '@imprest/application';
import { CONFIG, type Config } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';

/** What the page has to know of who is signed in, or that nobody is. */
@Injectable()
export class SessionViews {
  constructor(
    private readonly sessions: ConsoleSessions,
    private readonly tenants: Tenants,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(token: string | undefined) {
    const session = token === undefined ? undefined : await this.sessions.of(token);
    const { signUpOpen, openIdConnect } = this.config.console;
    const ways = { signUpOpen, oidc: openIdConnect !== undefined };
    const nobody = { user: null, operatorRoles: [], memberships: [] };
    if (session === undefined) {
      return { ...nobody, ...ways, secondFactorPending: false, csrfToken: null };
    }
    const { secondFactorPending, csrfToken, operatorRoles } = session;
    if (secondFactorPending) return { ...nobody, ...ways, secondFactorPending, csrfToken };
    const [user, memberships] = await Promise.all([
      this.user(session),
      Promise.all(session.memberships.map((each) => this.membership(each))),
    ]);
    return { user, operatorRoles, memberships, ...ways, secondFactorPending, csrfToken };
  }

  private async user({ userId, email }: Session) {
    const stored = (await this.store.users.byIds([userId])).get(userId);
    return {
      id: userId,
      email,
      hasSecondFactor: stored?.secondFactor?.confirmed === true,
      hasPassword: stored !== undefined && stored.passwordHash !== null,
    };
  }

  private async membership({ tenantId, role }: Membership) {
    return { tenantId, name: (await this.tenants.name(tenantId)) ?? tenantId, role };
  }
}
