import { type OperatorRole, operatorRoles } from '@imprest/domain';

type Area = Exclude<OperatorRole, 'owner'>;

const ALL: ReadonlySet<Area> = new Set(operatorRoles.filter((role) => role !== 'owner'));

/** The parts of the operator's work that are open to whoever has these roles: all of them to an owner. */
export function areasOfRoles(roles: readonly OperatorRole[]): ReadonlySet<Area> {
  if (roles.includes('owner')) return ALL;
  return new Set(roles.filter((role) => role !== 'owner'));
}
