import type { EventOf, EventType } from '@imprest/event-catalogue';
import * as id from './identifiers.js';

type ExampleData = { readonly [Type in EventType]: EventOf<Type>['data'] };

const user = {
  UserRegistered: { origin: 'sign_up' },
  PasswordChanged: { proof: 'old_password' },
  SecondFactorEnabled: { kind: 'totp' },
  SecondFactorRemoved: { reason: 'removed by the user' },
  OperatorRolesAssigned: { roles: ['finance', 'moderation'], reason: 'joined the finance desk' },
  UserDisabled: { reason: 'left the company' },
  UserEnabled: { reason: 'came back' },
  SignedIn: { method: 'password', secondFactor: true },
  SignInLinkIssued: { expiresAt: '2026-01-15T09:15:00.000Z' },
  SignInRefused: { until: '2026-01-15T09:15:00.000Z' },
  SessionsEnded: { reason: 'a laptop was lost' },
} satisfies Partial<ExampleData>;

const invitationId = 'inv_01kf0ak25g6m7n9z3dqerfsgth';

const tenantMembers = {
  MemberInvited: { invitationId, role: 'developer', expiresAt: '2026-01-22T09:00:00.000Z' },
  InvitationWithdrawn: { invitationId, reason: 'sent to the wrong person' },
  MemberJoined: { userId: id.userId, role: 'developer', invitationId },
  MemberRoleChanged: { userId: id.userId, role: 'viewer' },
  MemberRemoved: { userId: id.userId, reason: 'left the project' },
} satisfies Partial<ExampleData>;

export const identityExamples = { ...user, ...tenantMembers };
