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

/** By the tenant, or by a decision about a moderation case. Each of them lifts its own block only. */
export type EndUserBlocked = DomainFact<
  'EndUserBlocked',
  { readonly reason: string; readonly caseId: string | null }
>;
export type EndUserUnblocked = DomainFact<
  'EndUserUnblocked',
  {
    readonly reason: string;
    readonly caseId: string | null;
    /** Why the end user goes on being blocked; null when nothing is left that blocks. */
    readonly stillBlocked: string | null;
  }
>;

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
  /** Of the moderation case that demands it; absent when the tenant does. */
  readonly caseId?: string;
}

export interface UnblockEndUser {
  readonly type: 'UnblockEndUser';
  readonly reason: string;
  readonly caseId?: string;
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
  /** All blocks in force, the oldest first. */
  blocks: readonly { readonly caseId: string | null; readonly reason: string }[];
  dataKeyId: string | null;
}

function block({ blocks }: EndUserState, command: BlockEndUser): Decision<EndUserEvent> {
  const { reason, caseId } = { caseId: null, ...command };
  if (blocks.some((each) => each.caseId === caseId)) return accepted();
  return accepted({ type: 'EndUserBlocked', data: { reason, caseId } });
}

function unblock({ blocks }: EndUserState, command: UnblockEndUser): Decision<EndUserEvent> {
  const { reason, caseId } = { caseId: null, ...command };
  const others = blocks.filter((each) => each.caseId !== caseId);
  if (others.length < blocks.length) {
    const stillBlocked = others[0]?.reason ?? null;
    return accepted({ type: 'EndUserUnblocked', data: { reason, caseId, stillBlocked } });
  }
  if (caseId !== null || others.length === 0) return accepted();
  return rejected(domainError('forbidden', 'this end user was blocked by moderation'));
}

function decide(command: EndUserCommand, state: EndUserState): Decision<EndUserEvent> {
  if (command.type === 'RegisterEndUser') {
    if (state.registered) return accepted();
    const { tenantId, confidential, dataKeyId } = command;
    return accepted({ type: 'EndUserRegistered', data: { tenantId, confidential, dataKeyId } });
  }
  if (command.type === 'EraseEndUser' && state.erased) return accepted();
  // Moderation may come after the erasure: the pseudonym is there, and so is who returns under it.
  const known = state.registered || ('caseId' in command && state.erased);
  if (!known) return rejected(domainError('not_found', 'no such end user'));
  switch (command.type) {
    case 'BlockEndUser':
      return block(state, command);
    case 'UnblockEndUser':
      return unblock(state, command);
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
      state.blocks = [...state.blocks, event.data];
      state.blocked = state.blocks[0]?.reason ?? null;
      break;
    case 'EndUserUnblocked':
      state.blocks = state.blocks.filter(({ caseId }) => caseId !== event.data.caseId);
      state.blocked = event.data.stillBlocked;
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
  initialState: () => ({
    ...{ registered: false, erased: false, blocked: null, blocks: [], dataKeyId: null },
  }),
  decide,
  evolve,
};
