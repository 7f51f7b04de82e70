import type { TenantRole } from '../../../session/session.ts';

/** What each role may do, for who hands them out. */
export const ROLES: Readonly<Record<TenantRole, string>> = {
  owner: 'Everything, members included',
  developer: 'Generates, sees to keys, webhooks and end users; reads the ledger',
  finance: 'Tops up; reads the balance, the ledger and usage',
  viewer: 'Reads generations, webhooks, end users and the balance',
};

export const ROLE_CHOICES = Object.entries(ROLES).map(([value, label]) => ({
  value,
  label: `${value}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
}));
