import type { Operation, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/identity.js';

const tag = 'Members';
const userId = 'usr_01kf0adt7y8c9d1q5f6g7h8j9k';
const id = 'inv_01kf0ak25g6m7n9z3dqerfsgth';
const open = {
  id,
  email: 'grace@example.com',
  role: 'developer',
  expiresAt: '2026-11-27T09:00:00.000Z',
};

const because = (name: string, reason: string): RequestBody => ({
  name,
  fields: { reason: { description: 'Goes on record.' } },
  examples: { reason: { summary: 'With a reason', value: { reason } } },
});

const listed = {
  200: {
    description: 'All members.',
    schema: schemas.members,
    example: { members: [{ userId, email: 'ada@example.com', role: 'owner' }] },
  },
};

const invite = {
  tag,
  body: {
    name: 'NewInvitation',
    fields: {
      email: { description: 'Whom it is for. Nothing is sent there.' },
      role: { description: 'What the person becomes.' },
    },
    examples: {
      developer: { summary: 'A developer', value: { email: open.email, role: open.role } },
    },
  },
  answers: {
    201: {
      description: 'Invited. The link is shown this once.',
      schema: schemas.newInvitation,
      example: {
        ...open,
        link: 'https://images.example.com/console/invitation#AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
      },
    },
  },
} satisfies Partial<Operation>;

const HANDED_OVER =
  'Answers with a link, good for seven days, that you hand over: nobody sends mail. Whoever opens it chooses a password, comes by the identity provider, or joins with the account that is signed in. A tenant has 100 open invitations and makes 200 in a day at most.';

export const memberOperations = {
  list: {
    id: 'listMembers',
    tag,
    summary: 'List the members of your tenant',
    answers: listed,
  },
  changeRole: {
    id: 'changeMemberRole',
    tag,
    summary: 'Change the role of a member',
    description: 'A tenant keeps at least one owner. Safe to repeat.',
    body: {
      name: 'MemberRole',
      fields: { role: { description: 'From now on.' } },
      examples: { viewer: { summary: 'May look only', value: { role: 'viewer' } } },
    },
    answers: { 204: { description: 'Changed.' } },
    errors: ['not_found', 'conflict'],
  },
  remove: {
    id: 'removeMember',
    tag,
    summary: 'Remove a member',
    description: 'A tenant keeps at least one owner. The account of the person stays.',
    body: because('MemberRemoval', 'left the project'),
    answers: { 204: { description: 'Removed.' } },
    errors: ['not_found', 'conflict'],
  },
  invitations: {
    id: 'listInvitations',
    tag,
    summary: 'List open invitations',
    answers: {
      200: {
        description: 'Those that can still be accepted.',
        schema: schemas.invitations,
        example: { invitations: [open] },
      },
    },
  },
  invite: {
    ...invite,
    id: 'inviteMember',
    summary: 'Invite a member',
    description: HANDED_OVER,
    errors: ['conflict'],
  },
  withdraw: {
    id: 'withdrawInvitation',
    tag,
    summary: 'Withdraw an invitation',
    body: because('InvitationWithdrawal', 'sent to the wrong person'),
    answers: { 204: { description: 'Withdrawn: its link is of no use.' } },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;

export const tenantMemberOperations = {
  list: {
    id: 'listTenantMembers',
    tag,
    summary: 'List the members of a tenant',
    answers: listed,
    errors: ['not_found'],
  },
  invite: {
    ...invite,
    id: 'inviteTenantMember',
    summary: 'Invite a member of a tenant',
    description: `For a tenant that has no owner yet. ${HANDED_OVER}`,
    errors: ['not_found', 'conflict', 'rate_limited'],
  },
} satisfies Record<string, Operation>;
