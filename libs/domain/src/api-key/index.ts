import { accepted, type Decider, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import { isTimestamp } from '../shared/timestamp.js';
import type { ApiKeyEvent, ApiKeyIssued } from './events.js';

export * from './events.js';

export interface IssueApiKey {
  readonly type: 'IssueApiKey';
  readonly key: ApiKeyIssued['data'];
  /** ISO 8601. */
  readonly now: string;
}

export interface RotateApiKey {
  readonly type: 'RotateApiKey';
  readonly successorId: string;
  readonly validUntil: string;
}

export interface RevokeApiKey {
  readonly type: 'RevokeApiKey';
  readonly reason: string;
}

export type ApiKeyCommand = IssueApiKey | RotateApiKey | RevokeApiKey;

export interface ApiKeyState {
  issued: ApiKeyIssued['data'] | null;
  /** The earlier of its expiry and the end of its overlap; null when neither is set. */
  validUntil: string | null;
  successorId: string | null;
  revoked: string | null;
}

const TIMESTAMP_RULE = 'must be a UTC timestamp with milliseconds';

export function isUsable(state: ApiKeyState, now: string): boolean {
  if (state.issued === null || state.revoked !== null) return false;
  return state.validUntil === null || now < state.validUntil;
}

function decide(command: ApiKeyCommand, state: ApiKeyState): Decision<ApiKeyEvent> {
  if (command.type === 'IssueApiKey') {
    const { key, now } = command;
    if (state.issued !== null) {
      if (state.issued.hash === key.hash) return accepted();
      return rejected(domainError('conflict', 'the key id is taken'));
    }
    if (key.scopes.length === 0) return rejected(validationError('scopes', 'must not be empty'));
    if (key.models?.length === 0) return rejected(validationError('models', 'must not be empty'));
    if (key.expiresAt !== null && !isTimestamp(key.expiresAt)) {
      return rejected(validationError('expiresAt', TIMESTAMP_RULE));
    }
    if (key.expiresAt !== null && key.expiresAt <= now) {
      return rejected(validationError('expiresAt', 'must be in the future'));
    }
    return accepted({ type: 'ApiKeyIssued', data: key });
  }
  if (state.issued === null) return rejected(domainError('not_found', 'no such key'));
  if (command.type === 'RevokeApiKey') {
    if (state.revoked !== null) return accepted();
    return accepted({ type: 'ApiKeyRevoked', data: { reason: command.reason } });
  }
  return rotate(state, command);
}

function rotate(state: ApiKeyState, command: RotateApiKey): Decision<ApiKeyEvent> {
  const { successorId, validUntil } = command;
  if (state.successorId === successorId) return accepted();
  if (state.revoked !== null) return rejected(domainError('conflict', 'the key is revoked'));
  if (state.successorId !== null) {
    return rejected(domainError('conflict', 'the key was rotated already'));
  }
  if (!isTimestamp(validUntil)) return rejected(validationError('validUntil', TIMESTAMP_RULE));
  return accepted({ type: 'ApiKeyRotated', data: { successorId, validUntil } });
}

function evolve(state: ApiKeyState, event: ApiKeyEvent): ApiKeyState {
  switch (event.type) {
    case 'ApiKeyIssued':
      state.issued = event.data;
      state.validUntil = event.data.expiresAt;
      break;
    case 'ApiKeyRotated': {
      const { successorId, validUntil } = event.data;
      state.successorId = successorId;
      if (state.validUntil === null || validUntil < state.validUntil) state.validUntil = validUntil;
      break;
    }
    case 'ApiKeyRevoked':
      state.revoked = event.data.reason;
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const apiKey: Decider<ApiKeyCommand, ApiKeyState, ApiKeyEvent> = {
  category: 'apiKey',
  initialState: () => ({ issued: null, validUntil: null, successorId: null, revoked: null }),
  decide,
  evolve,
};
