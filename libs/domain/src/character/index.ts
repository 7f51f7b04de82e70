import { accepted, type Decider, type Decision, rejected } from '../shared/decider.js';
import { domainError } from '../shared/domain-error.js';
import type { CharacterCreated, CharacterEvent } from './events.js';

export * from './events.js';
export * from './profile.js';

export interface CreateCharacter {
  readonly type: 'CreateCharacter';
  readonly character: CharacterCreated['data'];
}

export interface ChangeCharacter {
  readonly type: 'ChangeCharacter';
  /** Confidential part that the change was made on. */
  readonly replaces: string;
  readonly confidential: string;
  readonly traitsChanged: boolean;
}

export interface AnchorIdentity {
  readonly type: 'AnchorIdentity';
  readonly traitsVersion: number;
  readonly embedding: string;
}

export interface DeleteCharacter {
  readonly type: 'DeleteCharacter';
  readonly reason: string;
}

export type CharacterCommand = CreateCharacter | ChangeCharacter | AnchorIdentity | DeleteCharacter;

export interface CharacterState {
  status: 'none' | 'active' | 'deleted';
  tenantId: string;
  model: string;
  fingerprint: string;
  confidential: string;
  dataKeyId: string;
  /** From 1: grows whenever the traits change. */
  traitsVersion: number;
  /** Sealed embedding of the present traits; null until it was worked out. */
  identity: string | null;
}

function create(
  state: CharacterState,
  character: CharacterCreated['data'],
): Decision<CharacterEvent> {
  if (state.status === 'none') return accepted({ type: 'CharacterCreated', data: character });
  if (state.fingerprint === character.fingerprint) return accepted();
  const message = 'this Idempotency-Key was used before with another request';
  return rejected(domainError('conflict', message));
}

/** The first embedding of a set of traits counts; one of traits that have changed since is of no use. */
function anchor(
  state: CharacterState,
  { traitsVersion, embedding }: AnchorIdentity,
): Decision<CharacterEvent> {
  if (state.identity !== null || traitsVersion !== state.traitsVersion) return accepted();
  return accepted({ type: 'CharacterIdentityAnchored', data: { traitsVersion, embedding } });
}

function decide(command: CharacterCommand, state: CharacterState): Decision<CharacterEvent> {
  if (command.type === 'CreateCharacter') return create(state, command.character);
  if (command.type === 'DeleteCharacter' && state.status === 'deleted') return accepted();
  if (state.status !== 'active') return rejected(domainError('not_found', 'no such character'));
  switch (command.type) {
    case 'ChangeCharacter': {
      const { replaces, confidential, traitsChanged } = command;
      if (replaces !== state.confidential) {
        return rejected(domainError('conflict', 'the character was changed at the same time'));
      }
      return accepted({ type: 'CharacterChanged', data: { confidential, traitsChanged } });
    }
    case 'AnchorIdentity':
      return anchor(state, command);
    case 'DeleteCharacter':
      return accepted({ type: 'CharacterDeleted', data: { reason: command.reason } });
  }
}

function evolve(state: CharacterState, event: CharacterEvent): CharacterState {
  switch (event.type) {
    case 'CharacterCreated':
      Object.assign(state, event.data);
      state.status = 'active';
      state.traitsVersion = 1;
      break;
    case 'CharacterChanged':
      state.confidential = event.data.confidential;
      if (event.data.traitsChanged) {
        state.traitsVersion += 1;
        state.identity = null;
      }
      break;
    case 'CharacterIdentityAnchored':
      state.identity = event.data.embedding;
      break;
    case 'CharacterDeleted':
      state.status = 'deleted';
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const character: Decider<CharacterCommand, CharacterState, CharacterEvent> = {
  category: 'character',
  initialState: () => ({
    status: 'none',
    tenantId: '',
    model: '',
    fingerprint: '',
    confidential: '',
    dataKeyId: '',
    traitsVersion: 0,
    identity: null,
  }),
  decide,
  evolve,
};
