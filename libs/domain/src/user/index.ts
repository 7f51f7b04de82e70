import { accepted, type Decider, type Decision, rejected } from '../shared/decider.js';
import { domainError } from '../shared/domain-error.js';
import {
  type OperatorRole,
  operatorRoles,
  type PasswordChanged,
  type SignedIn,
  type UserEvent,
  type UserRegistered,
} from './events.js';

export * from './events.js';

export type UserCommand =
  | { readonly type: 'RegisterUser'; readonly origin: UserRegistered['data']['origin'] }
  | { readonly type: 'ChangePassword'; readonly proof: PasswordChanged['data']['proof'] }
  | { readonly type: 'EnableSecondFactor'; readonly kind: 'totp' }
  | { readonly type: 'RemoveSecondFactor'; readonly reason: string }
  | {
      readonly type: 'AssignOperatorRoles';
      readonly roles: readonly OperatorRole[];
      readonly reason: string;
    }
  | { readonly type: 'DisableUser'; readonly reason: string }
  | { readonly type: 'EnableUser'; readonly reason: string }
  | ({ readonly type: 'SignIn' } & SignedIn['data'])
  | { readonly type: 'IssueSignInLink'; readonly expiresAt: string }
  | { readonly type: 'RefuseSignIn'; readonly until: string }
  | { readonly type: 'EndSessions'; readonly reason: string };

export interface UserState {
  registered: boolean;
  /** How the account came to be; null before it did. */
  origin: UserRegistered['data']['origin'] | null;
  disabled: boolean;
  secondFactor: boolean;
  operatorRoles: readonly OperatorRole[];
  /** End of the latest lock, null while there was none. */
  refusedUntil: string | null;
}

const DISABLED = domainError('forbidden', 'the account is disabled');

const inOrder = (roles: readonly OperatorRole[]) =>
  operatorRoles.filter((role) => roles.includes(role));

const isSame = (one: readonly OperatorRole[], other: readonly OperatorRole[]) =>
  one.join() === other.join();

function decide(command: UserCommand, state: UserState): Decision<UserEvent> {
  if (command.type === 'RegisterUser') {
    if (state.registered) return accepted();
    return accepted({ type: 'UserRegistered', data: { origin: command.origin } });
  }
  if (!state.registered) return rejected(domainError('not_found', 'no such user'));
  switch (command.type) {
    case 'AssignOperatorRoles': {
      const roles = inOrder(command.roles);
      if (isSame(roles, state.operatorRoles)) return accepted();
      const data = { roles, reason: command.reason };
      return accepted({ type: 'OperatorRolesAssigned', data });
    }
    case 'DisableUser':
      if (state.disabled) return accepted();
      return accepted({ type: 'UserDisabled', data: { reason: command.reason } });
    case 'EnableUser':
      if (!state.disabled) return accepted();
      return accepted({ type: 'UserEnabled', data: { reason: command.reason } });
    case 'RemoveSecondFactor':
      if (!state.secondFactor) return accepted();
      return accepted({ type: 'SecondFactorRemoved', data: { reason: command.reason } });
    case 'EndSessions':
      return accepted({ type: 'SessionsEnded', data: { reason: command.reason } });
    case 'RefuseSignIn':
      if (state.refusedUntil !== null && command.until <= state.refusedUntil) return accepted();
      return accepted({ type: 'SignInRefused', data: { until: command.until } });
    default:
      return state.disabled ? rejected(DISABLED) : decideOfEnabled(command, state);
  }
}

type OfEnabled = Extract<
  UserCommand,
  { readonly type: 'ChangePassword' | 'EnableSecondFactor' | 'IssueSignInLink' | 'SignIn' }
>;

function decideOfEnabled(command: OfEnabled, state: UserState): Decision<UserEvent> {
  switch (command.type) {
    case 'ChangePassword':
      return accepted({ type: 'PasswordChanged', data: { proof: command.proof } });
    case 'EnableSecondFactor':
      if (state.secondFactor) return accepted();
      return accepted({ type: 'SecondFactorEnabled', data: { kind: command.kind } });
    case 'IssueSignInLink':
      return accepted({ type: 'SignInLinkIssued', data: { expiresAt: command.expiresAt } });
    case 'SignIn': {
      const { method, secondFactor } = command;
      return accepted({ type: 'SignedIn', data: { method, secondFactor } });
    }
  }
}

function evolve(state: UserState, event: UserEvent): UserState {
  switch (event.type) {
    case 'UserRegistered':
      state.registered = true;
      state.origin = event.data.origin;
      break;
    case 'SecondFactorEnabled':
      state.secondFactor = true;
      break;
    case 'SecondFactorRemoved':
      state.secondFactor = false;
      break;
    case 'OperatorRolesAssigned':
      state.operatorRoles = event.data.roles;
      break;
    case 'UserDisabled':
      state.disabled = true;
      break;
    case 'UserEnabled':
      state.disabled = false;
      break;
    case 'SignInRefused':
      state.refusedUntil = event.data.until;
      break;
    case 'PasswordChanged':
    case 'SignInLinkIssued':
    case 'SignedIn':
    case 'SessionsEnded':
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const user: Decider<UserCommand, UserState, UserEvent> = {
  category: 'user',
  initialState: () => ({
    registered: false,
    origin: null,
    disabled: false,
    secondFactor: false,
    operatorRoles: [],
    refusedUntil: null,
  }),
  decide,
  evolve,
};
