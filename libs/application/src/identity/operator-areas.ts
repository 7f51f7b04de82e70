import { type OperatorRole, operatorRoles } from '@imprest/domain';

const ALL: ReadonlySet<OperatorRole> = new Set(operatorRoles);

/** The parts of the operator's work that are open to whoever has these roles: all of them to an owner. */
export const areasOfRoles = (roles: readonly OperatorRole[]): ReadonlySet<OperatorRole> =>
  roles.includes('owner') ? ALL : new Set(roles);
