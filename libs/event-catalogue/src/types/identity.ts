import {
  operatorRoles,
  passwordProofs,
  signInMethods,
  tenantRoles,
  userOrigins,
} from '@imprest/domain';
import { type EventOf, firstVersion } from '../event-definition.js';
import { boolean, list, nullable, object, oneOf, string, timestamp } from '../schema.js';

const because = { reason: string() };

export const userEvents = {
  UserRegistered: firstVersion(
    'user',
    object<EventOf<'UserRegistered'>['data']>({ origin: oneOf(...userOrigins) }),
  ),
  PasswordChanged: firstVersion(
    'user',
    object<EventOf<'PasswordChanged'>['data']>({ proof: oneOf(...passwordProofs) }),
  ),
  SecondFactorEnabled: firstVersion(
    'user',
    object<EventOf<'SecondFactorEnabled'>['data']>({ kind: oneOf('totp') }),
  ),
  SecondFactorRemoved: firstVersion(
    'user',
    object<EventOf<'SecondFactorRemoved'>['data']>(because),
  ),
  OperatorRolesAssigned: firstVersion(
    'user',
    object<EventOf<'OperatorRolesAssigned'>['data']>({
      roles: list(oneOf(...operatorRoles)),
      ...because,
    }),
  ),
  UserDisabled: firstVersion('user', object<EventOf<'UserDisabled'>['data']>(because)),
  UserEnabled: firstVersion('user', object<EventOf<'UserEnabled'>['data']>(because)),
  SignedIn: firstVersion(
    'user',
    object<EventOf<'SignedIn'>['data']>({
      method: oneOf(...signInMethods),
      secondFactor: boolean(),
    }),
  ),
  SignInLinkIssued: firstVersion(
    'user',
    object<EventOf<'SignInLinkIssued'>['data']>({ expiresAt: timestamp() }),
  ),
  SignInRefused: firstVersion(
    'user',
    object<EventOf<'SignInRefused'>['data']>({ until: timestamp() }),
  ),
  SessionsEnded: firstVersion('user', object<EventOf<'SessionsEnded'>['data']>(because)),
};

const role = oneOf(...tenantRoles);

export const tenantMembersEvents = {
  MemberInvited: firstVersion(
    'tenantMembers',
    object<EventOf<'MemberInvited'>['data']>({
      invitationId: string(),
      role,
      expiresAt: timestamp(),
    }),
  ),
  InvitationWithdrawn: firstVersion(
    'tenantMembers',
    object<EventOf<'InvitationWithdrawn'>['data']>({ invitationId: string(), ...because }),
  ),
  MemberJoined: firstVersion(
    'tenantMembers',
    object<EventOf<'MemberJoined'>['data']>({
      userId: string(),
      role,
      invitationId: nullable(string()),
    }),
  ),
  MemberRoleChanged: firstVersion(
    'tenantMembers',
    object<EventOf<'MemberRoleChanged'>['data']>({ userId: string(), role }),
  ),
  MemberRemoved: firstVersion(
    'tenantMembers',
    object<EventOf<'MemberRemoved'>['data']>({ userId: string(), ...because }),
  ),
};
