import {
  accepted,
  type Decider,
  type Decision,
  type DomainFact,
  rejected,
} from '../shared/decider.js';
import { domainError } from '../shared/domain-error.js';

/** First sight of an end user. The e-mail is sealed: destroying its key erases it, the pseudonym stays. */
export type EndUserRegistered = DomainFact<
  'EndUserRegistered',
  { readonly tenantId: string; readonly confidential: string; readonly dataKeyId: string }
>;

export type EndUserBlocked = DomainFact<'EndUserBlocked', { readonly reason: string }>;
export type EndUserUnblocked = DomainFact<'EndUserUnblocked', { readonly reason: string }>;

/** A prompt that moderation refused, before any debit. The prompt itself is not kept. */
export type EndUserPromptRefused = DomainFact<
  'EndUserPromptRefused',
  { readonly category: string; readonly reviewer: string }
>;

export type EndUserErased = DomainFact<'EndUserErased', { readonly reason: string }>;

export type EndUserEvent =
  | EndUserRegistered
  | EndUserBlocked
  | EndUserUnblocked
  | EndUserPromptRefused
  | EndUserErased;

export interface RegisterEndUser {
  readonly type: 'RegisterEndUser';
  readonly tenantId: string;
  readonly confidential: string;
  readonly dataKeyId: string;
}

export interface BlockEndUser {
  readonly type: 'BlockEndUser';
  readonly reason: string;
}

export interface UnblockEndUser {
  readonly type: 'UnblockEndUser';
  readonly reason: string;
}

export interface RecordRefusedPrompt {
  readonly type: 'RecordRefusedPrompt';
  readonly category: string;
  readonly reviewer: string;
}

export interface EraseEndUser {
  readonly type: 'EraseEndUser';
  readonly reason: string;
}

export type EndUserCommand =
  | RegisterEndUser
  | BlockEndUser
  | UnblockEndUser
  | RecordRefusedPrompt
  | EraseEndUser;

export interface EndUserState {
  registered: boolean;
  erased: boolean;
  /** Why the end user is blocked, null when not. A block outlives an erasure. */
  blocked: string | null;
  dataKeyId: string | null;
}

function decide(command: EndUserCommand, state: EndUserState): Decision<EndUserEvent> {
  if (command.type === 'RegisterEndUser') {
    if (state.registered) return accepted();
    const { tenantId, confidential, dataKeyId } = command;
    return accepted({ type: 'EndUserRegistered', data: { tenantId, confidential, dataKeyId } });
  }
  if (command.type === 'EraseEndUser' && state.erased) return accepted();
  if (!state.registered) return rejected(domainError('not_found', 'no such end user'));
  switch (command.type) {
    case 'BlockEndUser':
      if (state.blocked !== null) return accepted();
      return accepted({ type: 'EndUserBlocked', data: { reason: command.reason } });
    case 'UnblockEndUser':
      if (state.blocked === null) return accepted();
      return accepted({ type: 'EndUserUnblocked', data: { reason: command.reason } });
    case 'RecordRefusedPrompt': {
      const { category, reviewer } = command;
      return accepted({ type: 'EndUserPromptRefused', data: { category, reviewer } });
    }
    case 'EraseEndUser':
      return accepted({ type: 'EndUserErased', data: { reason: command.reason } });
  }
}

function evolve(state: EndUserState, event: EndUserEvent): EndUserState {
  switch (event.type) {
    case 'EndUserRegistered':
      state.registered = true;
      state.erased = false;
      state.dataKeyId = event.data.dataKeyId;
      break;
    case 'EndUserBlocked':
      state.blocked = event.data.reason;
      break;
    case 'EndUserUnblocked':
      state.blocked = null;
      break;
    case 'EndUserPromptRefused':
      break;
    case 'EndUserErased':
      state.registered = false;
      state.erased = true;
      state.dataKeyId = null;
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const endUser: Decider<EndUserCommand, EndUserState, EndUserEvent> = {
  category: 'endUser',
  initialState: () => ({ registered: false, erased: false, blocked: null, dataKeyId: null }),
  decide,
  evolve,
};
