import { exampleEventData, given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { fold } from '../shared/decider.js';
import { type ApiKeyEvent, apiKey, isUsable } from './index.js';

const now = '2026-01-15T09:00:00.000Z';
const soon = '2026-01-16T09:00:00.000Z';
const key = { ...exampleEventData.ApiKeyIssued, expiresAt: '2027-01-15T00:00:00.000Z' };

const issue = { type: 'IssueApiKey', key, now } as const;
const rotate = { type: 'RotateApiKey', successorId: 'key_2', validUntil: soon } as const;
const revoke = { type: 'RevokeApiKey', reason: 'leaked' } as const;

const issued: ApiKeyEvent = { type: 'ApiKeyIssued', data: key };
const rotated: ApiKeyEvent = {
  type: 'ApiKeyRotated',
  data: { successorId: 'key_2', validUntil: soon },
};
const revoked: ApiKeyEvent = { type: 'ApiKeyRevoked', data: { reason: 'leaked' } };

describe('IssueApiKey', () => {
  test('issues the key', () => {
    given(apiKey).when(issue).then(issued);
  });

  test('may never expire', () => {
    const endless = { ...key, expiresAt: null };
    given(apiKey)
      .when({ ...issue, key: endless })
      .then({ type: 'ApiKeyIssued', data: endless });
  });

  test('repeated, nothing happens', () => {
    given(apiKey, issued).when(issue).thenNothingHappened();
  });

  test('of another key under the same id is a conflict', () => {
    given(apiKey, issued)
      .when({ ...issue, key: { ...key, hash: 'other' } })
      .thenRejected('conflict');
  });

  test('without a scope is refused', () => {
    given(apiKey)
      .when({ ...issue, key: { ...key, scopes: [] } })
      .thenRejected('validation_error', 'scopes');
  });

  test('for no model at all is refused', () => {
    given(apiKey)
      .when({ ...issue, key: { ...key, models: [] } })
      .thenRejected('validation_error', 'models');
  });

  test.each([now, '2026-01-14T00:00:00.000Z', '2027-01-15'])('until %s is refused', (expiresAt) => {
    given(apiKey)
      .when({ ...issue, key: { ...key, expiresAt } })
      .thenRejected('validation_error', 'expiresAt');
  });
});

describe('RotateApiKey', () => {
  test('names the successor and the end of the overlap', () => {
    given(apiKey, issued).when(rotate).then(rotated);
  });

  test('repeated, nothing happens, also after the key was revoked', () => {
    given(apiKey, issued, rotated).when(rotate).thenNothingHappened();
    given(apiKey, issued, rotated, revoked).when(rotate).thenNothingHappened();
  });

  test('to another successor is a conflict', () => {
    given(apiKey, issued, rotated)
      .when({ ...rotate, successorId: 'key_3' })
      .thenRejected('conflict', { message: 'the key was rotated already' });
  });

  test('of a revoked key is a conflict', () => {
    given(apiKey, issued, revoked)
      .when(rotate)
      .thenRejected('conflict', { message: 'the key is revoked' });
  });

  test('of an unknown key is refused', () => {
    given(apiKey).when(rotate).thenRejected('not_found');
  });

  test('until a time that does not sort as text is refused', () => {
    given(apiKey, issued)
      .when({ ...rotate, validUntil: 'tomorrow' })
      .thenRejected('validation_error', 'validUntil');
  });
});

describe('RevokeApiKey', () => {
  test('revokes the key, also while its successor works', () => {
    given(apiKey, issued).when(revoke).then(revoked);
    given(apiKey, issued, rotated).when(revoke).then(revoked);
  });

  test('repeated, nothing happens', () => {
    given(apiKey, issued, revoked).when(revoke).thenNothingHappened();
  });

  test('of an unknown key is refused', () => {
    given(apiKey).when(revoke).thenRejected('not_found');
  });
});

describe('isUsable', () => {
  const usable = (at: string, ...events: readonly ApiKeyEvent[]) =>
    isUsable(fold(apiKey, events), at);

  test('needs a key that was issued', () => {
    expect(usable(now)).toBe(false);
    expect(usable(now, issued)).toBe(true);
  });

  test('ends with the expiry, to the millisecond', () => {
    expect(usable('2027-01-14T23:59:59.999Z', issued)).toBe(true);
    expect(usable('2027-01-15T00:00:00.000Z', issued)).toBe(false);
  });

  test('ends with the overlap of a rotation, which never outlives the expiry', () => {
    expect(usable('2026-01-16T08:59:59.999Z', issued, rotated)).toBe(true);
    expect(usable(soon, issued, rotated)).toBe(false);
    const generous: ApiKeyEvent = {
      type: 'ApiKeyRotated',
      data: { successorId: 'key_2', validUntil: '2099-01-01T00:00:00.000Z' },
    };
    expect(usable('2027-01-15T00:00:00.000Z', issued, generous)).toBe(false);
  });

  test('ends at once when revoked', () => {
    expect(usable(now, issued, revoked)).toBe(false);
  });

  test('has no end when none is set', () => {
    const endless: ApiKeyEvent = { type: 'ApiKeyIssued', data: { ...key, expiresAt: null } };
    expect(usable('2099-01-01T00:00:00.000Z', endless)).toBe(true);
  });
});
