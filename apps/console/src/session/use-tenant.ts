import { useParams } from '@tanstack/react-router';
import { type Membership, type TenantRole } from './session.ts';
import { useSignedIn } from './use-session.ts';

/** Tenant in the address of the page. */
export function useTenantId(): string {
  const { tenantId } = useParams({ strict: false });
  if (tenantId === undefined) throw new Error('This page belongs to no tenant.');
  return tenantId;
}

/** Membership of the user in the tenant of the page. */
export function useMembership(): Membership {
  const tenantId = useTenantId();
  const membership = useSignedIn().memberships.find((each) => each.tenantId === tenantId);
  if (membership === undefined) throw new Error('You are no member of this tenant.');
  return membership;
}

/** Whether the user has one of these roles in the tenant of the page; its owner has all. */
export function useHasRole(...roles: readonly TenantRole[]): boolean {
  const { role } = useMembership();
  return role === 'owner' || roles.includes(role);
}
