import type { OperatorRole, TenantRole } from '@imprest/domain';

export interface Membership {
  readonly tenantId: string;
  readonly role: TenantRole;
}

/** Who is signed in at the console, and what for. */
export interface Session {
  readonly userId: string;
  readonly email: string;
  readonly operatorRoles: readonly OperatorRole[];
  readonly memberships: readonly Membership[];
  /** To be sent as `x-csrf-token` with every unsafe method. */
  readonly csrfToken: string;
  /** Only the code of the second factor and signing out are open to it. */
  readonly secondFactorPending: boolean;
}
