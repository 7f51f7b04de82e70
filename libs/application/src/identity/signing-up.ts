import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type { ExternalIdentity, IdentityStore } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { Tenants } from '../tenants/tenants.js';
import { asUser } from './deciding-users.js';
import { foldEmail } from './email.js';
import { Members } from './members.js';
import { Registration } from './registration.js';
import { type OpenedSession, SessionOpening, type Visit } from './session-opening.js';
import { SignInGuard } from './sign-in-guard.js';

export interface SignUp {
  readonly tenantName: string;
  readonly email: string;
  /** Null for who comes from another provider. */
  readonly password: string | null;
  readonly external?: ExternalIdentity & { readonly secondFactorShown: boolean };
}

/** A new person with a tenant of their own. Whether that is open is the operator's choice, and the caller's to check. */
@Injectable()
export class SigningUp {
  constructor(
    private readonly guard: SignInGuard,
    private readonly registration: Registration,
    private readonly tenants: Tenants,
    private readonly members: Members,
    private readonly opening: SessionOpening,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param welcomeTokens what the operator gives to new accounts
   * @throws DomainFailure conflict, validation_error, rate_limited
   */
  async signUp(
    { tenantName, email: text, password, external }: SignUp,
    welcomeTokens: bigint,
    visit: Visit,
  ): Promise<OpenedSession> {
    const email = foldEmail(text);
    await this.guard.demand('signUp', visit.address);
    const person = { email, password, origin: 'sign_up' } as const;
    const user = await this.registration.register(person, (userId) => asUser(visit, userId));
    const context = asUser(visit, user.userId);
    if (external !== undefined) await this.store.users.addExternal(user.userId, external);
    const tenantId = newId('tnt', this.clock.now().getTime());
    await this.tenants.create(tenantId, tenantName, context);
    await this.members.add(tenantId, user.userId, 'owner', context);
    await this.tenants.welcome(tenantId, welcomeTokens, context);
    if (external === undefined) return this.opening.open(user, 'password', visit);
    return this.opening.open(user, 'openid_connect', visit, external.secondFactorShown);
  }
}
