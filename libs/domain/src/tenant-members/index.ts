import { accepted, type Decider, type Decision, rejected } from '../shared/decider.js';
import { type DomainError, domainError } from '../shared/domain-error.js';
import type { MemberInvited, TenantMembersEvent, TenantRole } from './events.js';

export * from './events.js';

export interface InviteMember {
  readonly type: 'InviteMember';
  readonly invitationId: string;
  readonly role: TenantRole;
  readonly expiresAt: string;
  /** ISO 8601. */
  readonly now: string;
}

export interface AcceptInvitation {
  readonly type: 'AcceptInvitation';
  readonly invitationId: string;
  readonly userId: string;
  /** ISO 8601. */
  readonly now: string;
}

export type TenantMembersCommand =
  | InviteMember
  | AcceptInvitation
  | { readonly type: 'AddMember'; readonly userId: string; readonly role: TenantRole }
  | {
      readonly type: 'WithdrawInvitation';
      readonly invitationId: string;
      readonly reason: string;
    }
  | { readonly type: 'ChangeMemberRole'; readonly userId: string; readonly role: TenantRole }
  | { readonly type: 'RemoveMember'; readonly userId: string; readonly reason: string };

export interface TenantMembersState {
  readonly members: Map<string, TenantRole>;
  /** Neither accepted nor withdrawn; some may be over. */
  readonly invitations: Map<string, Pick<MemberInvited['data'], 'role' | 'expiresAt'>>;
}

export const MAX_MEMBERS = 1_000;
export const MAX_OPEN_INVITATIONS = 100;

const noSuchMember = (userId: string) => domainError('not_found', `there is no member ${userId}`);
const noSuchInvitation = (id: string) => domainError('not_found', `there is no invitation ${id}`);
const ONE_OWNER = domainError('conflict', 'a tenant keeps at least one owner');
const FULL = domainError('conflict', `a tenant has at most ${MAX_MEMBERS} members`);

/** Undefined when the tenant has an owner also without this one. */
function lastOwner({ members }: TenantMembersState, userId: string): DomainError | undefined {
  for (const [other, role] of members) {
    if (other !== userId && role === 'owner') return undefined;
  }
  return ONE_OWNER;
}

function join(
  state: TenantMembersState,
  userId: string,
  role: TenantRole,
  invitationId: string | null,
): Decision<TenantMembersEvent> {
  const present = state.members.get(userId);
  if (present === role && invitationId === null) return accepted();
  if (present !== undefined) {
    return rejected(domainError('conflict', 'the user is a member already'));
  }
  if (state.members.size >= MAX_MEMBERS) return rejected(FULL);
  return accepted({ type: 'MemberJoined', data: { userId, role, invitationId } });
}

function invite(state: TenantMembersState, command: InviteMember): Decision<TenantMembersEvent> {
  const { invitationId, role, expiresAt, now } = command;
  if (state.invitations.has(invitationId)) return accepted();
  let open = 0;
  for (const invitation of state.invitations.values()) if (invitation.expiresAt > now) open += 1;
  if (open >= MAX_OPEN_INVITATIONS) {
    const message = `a tenant has at most ${MAX_OPEN_INVITATIONS} open invitations`;
    return rejected(domainError('conflict', message));
  }
  return accepted({ type: 'MemberInvited', data: { invitationId, role, expiresAt } });
}

function accept(
  state: TenantMembersState,
  { invitationId, userId, now }: AcceptInvitation,
): Decision<TenantMembersEvent> {
  const invitation = state.invitations.get(invitationId);
  if (invitation === undefined) return rejected(noSuchInvitation(invitationId));
  if (invitation.expiresAt <= now) {
    return rejected(domainError('conflict', 'the invitation is over'));
  }
  return join(state, userId, invitation.role, invitationId);
}

function changeRole(
  state: TenantMembersState,
  userId: string,
  role: TenantRole,
): Decision<TenantMembersEvent> {
  const present = state.members.get(userId);
  if (present === undefined) return rejected(noSuchMember(userId));
  if (present === role) return accepted();
  const refusal = present === 'owner' ? lastOwner(state, userId) : undefined;
  if (refusal !== undefined) return rejected(refusal);
  return accepted({ type: 'MemberRoleChanged', data: { userId, role } });
}

function remove(
  state: TenantMembersState,
  userId: string,
  reason: string,
): Decision<TenantMembersEvent> {
  const present = state.members.get(userId);
  if (present === undefined) return rejected(noSuchMember(userId));
  const refusal = present === 'owner' ? lastOwner(state, userId) : undefined;
  if (refusal !== undefined) return rejected(refusal);
  return accepted({ type: 'MemberRemoved', data: { userId, reason } });
}

function decide(
  command: TenantMembersCommand,
  state: TenantMembersState,
): Decision<TenantMembersEvent> {
  switch (command.type) {
    case 'AddMember':
      return join(state, command.userId, command.role, null);
    case 'InviteMember':
      return invite(state, command);
    case 'AcceptInvitation':
      return accept(state, command);
    case 'ChangeMemberRole':
      return changeRole(state, command.userId, command.role);
    case 'RemoveMember':
      return remove(state, command.userId, command.reason);
    case 'WithdrawInvitation': {
      const { invitationId, reason } = command;
      if (!state.invitations.has(invitationId)) return rejected(noSuchInvitation(invitationId));
      return accepted({ type: 'InvitationWithdrawn', data: { invitationId, reason } });
    }
  }
}

function evolve(state: TenantMembersState, event: TenantMembersEvent): TenantMembersState {
  switch (event.type) {
    case 'MemberInvited': {
      const { invitationId, role, expiresAt } = event.data;
      state.invitations.set(invitationId, { role, expiresAt });
      break;
    }
    case 'InvitationWithdrawn':
      state.invitations.delete(event.data.invitationId);
      break;
    case 'MemberJoined':
      state.members.set(event.data.userId, event.data.role);
      if (event.data.invitationId !== null) state.invitations.delete(event.data.invitationId);
      break;
    case 'MemberRoleChanged':
      state.members.set(event.data.userId, event.data.role);
      break;
    case 'MemberRemoved':
      state.members.delete(event.data.userId);
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const tenantMembers: Decider<TenantMembersCommand, TenantMembersState, TenantMembersEvent> =
  {
    category: 'tenantMembers',
    initialState: () => ({ members: new Map(), invitations: new Map() }),
    decide,
    evolve,
  };
