import { given } from '@imprest/testkit/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MAX_OPEN_INVITATIONS,
  type TenantMembersCommand,
  type TenantMembersEvent,
  tenantMembers,
  tenantRoles,
} from './index.js';

const now = '2026-01-15T09:00:00.000Z';
const expiresAt = '2026-01-22T09:00:00.000Z';
const terms = { invitationId: 'inv_1', role: 'developer', expiresAt } as const;

const joined = (userId: string, role: (typeof tenantRoles)[number]): TenantMembersEvent => ({
  type: 'MemberJoined',
  data: { userId, role, invitationId: null },
});
const owner = joined('usr_owner', 'owner');
const invited: TenantMembersEvent = { type: 'MemberInvited', data: terms };
const accept = { type: 'AcceptInvitation', invitationId: 'inv_1', userId: 'usr_1', now } as const;
const accepted: TenantMembersEvent = {
  type: 'MemberJoined',
  data: { userId: 'usr_1', role: 'developer', invitationId: 'inv_1' },
};

describe('AddMember', () => {
  const add = { type: 'AddMember', userId: 'usr_owner', role: 'owner' } as const;

  test('adds, once', () => {
    given(tenantMembers).when(add).then(owner);
    given(tenantMembers, owner).when(add).thenNothingHappened();
  });

  test('of a member in another role is a conflict', () => {
    given(tenantMembers, owner)
      .when({ ...add, role: 'viewer' })
      .thenRejected('conflict');
  });
});

describe('an invitation', () => {
  const invite = { type: 'InviteMember', ...terms, now } as const;

  test('is made once', () => {
    given(tenantMembers, owner).when(invite).then(invited);
    given(tenantMembers, owner, invited).when(invite).thenNothingHappened();
  });

  test('makes one person a member', () => {
    given(tenantMembers, owner, invited).when(accept).then(accepted);
    given(tenantMembers, owner, invited, accepted)
      .when({ ...accept, userId: 'usr_2' })
      .thenRejected('not_found');
  });

  test('is of no use when it is over', () => {
    given(tenantMembers, owner, invited)
      .when({ ...accept, now: expiresAt })
      .thenRejected('conflict', { message: 'the invitation is over' });
  });

  test('is of no use to a member', () => {
    given(tenantMembers, owner, invited)
      .when({ ...accept, userId: 'usr_owner' })
      .thenRejected('conflict');
  });

  test('is withdrawn once', () => {
    const withdraw = { type: 'WithdrawInvitation', invitationId: 'inv_1', reason: 'typo' } as const;
    const withdrawn: TenantMembersEvent = {
      type: 'InvitationWithdrawn',
      data: { invitationId: 'inv_1', reason: 'typo' },
    };
    given(tenantMembers, owner, invited).when(withdraw).then(withdrawn);
    given(tenantMembers, owner, invited, withdrawn).when(withdraw).thenRejected('not_found');
    given(tenantMembers, owner, invited, withdrawn).when(accept).thenRejected('not_found');
  });

  test('is one of a hundred open ones at most, those that are over not counted', () => {
    const many = Array.from(
      { length: MAX_OPEN_INVITATIONS },
      (_, n): TenantMembersEvent => ({
        type: 'MemberInvited',
        data: { ...terms, invitationId: `inv_${n + 2}` },
      }),
    );
    given(tenantMembers, owner, ...many)
      .when(invite)
      .thenRejected('conflict');
    const later = '2026-02-01T09:00:00.000Z';
    const next = { ...terms, expiresAt: '2026-02-08T09:00:00.000Z' };
    given(tenantMembers, owner, ...many)
      .when({ type: 'InviteMember', ...next, now: later })
      .then({ type: 'MemberInvited', data: next });
  });
});

describe('a member', () => {
  test('changes roles, once', () => {
    const change = { type: 'ChangeMemberRole', userId: 'usr_1', role: 'viewer' } as const;
    const changed: TenantMembersEvent = {
      type: 'MemberRoleChanged',
      data: { userId: 'usr_1', role: 'viewer' },
    };
    given(tenantMembers, owner, joined('usr_1', 'finance')).when(change).then(changed);
    given(tenantMembers, owner, joined('usr_1', 'viewer')).when(change).thenNothingHappened();
    given(tenantMembers, owner).when(change).thenRejected('not_found');
  });

  test('is removed', () => {
    const remove = { type: 'RemoveMember', userId: 'usr_1', reason: 'left' } as const;
    given(tenantMembers, owner, joined('usr_1', 'viewer'))
      .when(remove)
      .then({ type: 'MemberRemoved', data: { userId: 'usr_1', reason: 'left' } });
    given(tenantMembers, owner).when(remove).thenRejected('not_found');
  });

  test.each([
    { type: 'ChangeMemberRole', userId: 'usr_owner', role: 'viewer' },
    { type: 'RemoveMember', userId: 'usr_owner', reason: 'left' },
  ] as const)('that is the last owner stays it ($type)', (command) => {
    given(tenantMembers, owner, joined('usr_1', 'finance'))
      .when(command)
      .thenRejected('conflict', { message: 'a tenant keeps at least one owner' });
  });

  test('that is one of two owners may go', () => {
    given(tenantMembers, owner, joined('usr_1', 'owner'))
      .when({ type: 'RemoveMember', userId: 'usr_owner', reason: 'left' })
      .then({ type: 'MemberRemoved', data: { userId: 'usr_owner', reason: 'left' } });
  });
});

test('whatever is asked for, a tenant that had an owner has one', () => {
  const userId = fc.constantFrom('usr_a', 'usr_b', 'usr_c');
  const role = fc.constantFrom(...tenantRoles);
  const invitationId = fc.constantFrom('inv_a', 'inv_b');
  const reason = fc.constant('any');
  const command: fc.Arbitrary<TenantMembersCommand> = fc.oneof(
    fc.record({ type: fc.constant('AddMember' as const), userId, role }),
    fc.record({ type: fc.constant('ChangeMemberRole' as const), userId, role }),
    fc.record({ type: fc.constant('RemoveMember' as const), userId, reason }),
    fc.record({
      type: fc.constant('InviteMember' as const),
      invitationId,
      role,
      expiresAt: fc.constant(expiresAt),
      now: fc.constant(now),
    }),
    fc.record({
      type: fc.constant('AcceptInvitation' as const),
      invitationId,
      userId,
      now: fc.constant(now),
    }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const state = tenantMembers.evolve(tenantMembers.initialState(), owner);
      for (const each of commands) {
        const decision = tenantMembers.decide(each, state);
        if (decision.kind === 'accepted') {
          for (const event of decision.events) tenantMembers.evolve(state, event);
        }
        expect([...state.members.values()]).toContain('owner');
      }
    }),
  );
});
