import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { type UserEvent, user } from './index.js';

const registered: UserEvent = { type: 'UserRegistered', data: { origin: 'sign_up' } };
const disabled: UserEvent = { type: 'UserDisabled', data: { reason: 'left' } };
const enabled: UserEvent = { type: 'UserEnabled', data: { reason: 'came back' } };
const withFactor: UserEvent = { type: 'SecondFactorEnabled', data: { kind: 'totp' } };

const signIn = { type: 'SignIn', method: 'password', secondFactor: false } as const;
const until = '2026-01-15T09:15:00.000Z';

describe('RegisterUser', () => {
  const register = { type: 'RegisterUser', origin: 'sign_up' } as const;

  test('registers, once', () => {
    given(user).when(register).then(registered);
    given(user, registered).when(register).thenNothingHappened();
  });
});

test.each([
  signIn,
  { type: 'ChangePassword', proof: 'none' },
  { type: 'EnableSecondFactor', kind: 'totp' },
  { type: 'RemoveSecondFactor', reason: 'lost' },
  { type: 'AssignOperatorRoles', roles: ['owner'], reason: 'first' },
  { type: 'DisableUser', reason: 'left' },
  { type: 'EnableUser', reason: 'came back' },
  { type: 'IssueSignInLink', expiresAt: until },
  { type: 'RefuseSignIn', until },
  { type: 'EndSessions', reason: 'lost' },
] as const)('$type of an unknown user is refused', (command) => {
  given(user).when(command).thenRejected('not_found');
});

describe('SignIn', () => {
  const data = { method: 'password', secondFactor: false } as const;

  test('is on record each time', () => {
    given(user, registered).when(signIn).then({ type: 'SignedIn', data });
    given(user, registered, { type: 'SignedIn', data })
      .when(signIn)
      .then({ type: 'SignedIn', data });
  });

  test.each([
    signIn,
    { type: 'ChangePassword', proof: 'old_password' },
    { type: 'EnableSecondFactor', kind: 'totp' },
    { type: 'IssueSignInLink', expiresAt: until },
  ] as const)('and whatever opens a way in ($type) is refused while disabled', (command) => {
    given(user, registered, disabled).when(command).thenRejected('forbidden');
  });

  test('works again when enabled', () => {
    given(user, registered, disabled, enabled).when(signIn).then({ type: 'SignedIn', data });
  });
});

describe('RefuseSignIn', () => {
  const refuse = { type: 'RefuseSignIn', until } as const;
  const refused = { type: 'SignInRefused', data: { until } } as const;

  test('is on record once for each lock, however often it is tried', () => {
    given(user, registered).when(refuse).then(refused);
    given(user, registered, refused).when(refuse).thenNothingHappened();
    const later = '2026-01-15T10:00:00.000Z';
    given(user, registered, refused)
      .when({ ...refuse, until: later })
      .then({ type: 'SignInRefused', data: { until: later } });
  });
});

describe('the second factor', () => {
  test('is enabled once, and removed once', () => {
    const enable = { type: 'EnableSecondFactor', kind: 'totp' } as const;
    const remove = { type: 'RemoveSecondFactor', reason: 'lost' } as const;
    given(user, registered).when(enable).then(withFactor);
    given(user, registered, withFactor).when(enable).thenNothingHappened();
    given(user, registered, withFactor)
      .when(remove)
      .then({ type: 'SecondFactorRemoved', data: { reason: 'lost' } });
    given(user, registered).when(remove).thenNothingHappened();
  });
});

describe('AssignOperatorRoles', () => {
  const assign = (...roles: ('owner' | 'finance' | 'moderation')[]) =>
    ({ type: 'AssignOperatorRoles', roles, reason: 'new desk' }) as const;
  const assigned: UserEvent = {
    type: 'OperatorRolesAssigned',
    data: { roles: ['finance', 'moderation'], reason: 'new desk' },
  };

  test('states all roles, each once, in one order', () => {
    given(user, registered)
      .when(assign('moderation', 'finance', 'moderation'))
      .then(assigned);
  });

  test('to what is so already changes nothing', () => {
    given(user, registered, assigned).when(assign('moderation', 'finance')).thenNothingHappened();
    given(user, registered).when(assign()).thenNothingHappened();
  });

  test('to nothing ends it', () => {
    given(user, registered, assigned)
      .when(assign())
      .thenState((state) => expect(state.operatorRoles).toEqual([]));
  });
});

test('DisableUser and EnableUser happen once each', () => {
  const disable = { type: 'DisableUser', reason: 'left' } as const;
  given(user, registered).when(disable).then(disabled);
  given(user, registered, disabled).when(disable).thenNothingHappened();
  given(user, registered).when({ type: 'EnableUser', reason: 'came back' }).thenNothingHappened();
});
