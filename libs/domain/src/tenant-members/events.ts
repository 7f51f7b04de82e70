import type { DomainFact } from '../shared/decider.js';

/** What a person may do for a tenant. */
export const tenantRoles = ['owner', 'developer', 'finance', 'viewer'] as const;
export type TenantRole = (typeof tenantRoles)[number];

/** Whoever holds the link of the invitation may join until `expiresAt` (ISO 8601). */
export type MemberInvited = DomainFact<
  'MemberInvited',
  { readonly invitationId: string; readonly role: TenantRole; readonly expiresAt: string }
>;

export type InvitationWithdrawn = DomainFact<
  'InvitationWithdrawn',
  { readonly invitationId: string; readonly reason: string }
>;

/** `invitationId` is null for who founded the tenant or was added by an operator. */
export type MemberJoined = DomainFact<
  'MemberJoined',
  { readonly userId: string; readonly role: TenantRole; readonly invitationId: string | null }
>;

export type MemberRoleChanged = DomainFact<
  'MemberRoleChanged',
  { readonly userId: string; readonly role: TenantRole }
>;

export type MemberRemoved = DomainFact<
  'MemberRemoved',
  { readonly userId: string; readonly reason: string }
>;

export type TenantMembersEvent =
  | MemberInvited
  | InvitationWithdrawn
  | MemberJoined
  | MemberRoleChanged
  | MemberRemoved;
