import { describe, expect, test } from 'vitest';
import { delegatedTerms, mayHandOn } from './delegated-terms.js';

const issuer = {
  scopes: new Set(['balance:read', 'keys:write', 'members:write'] as const),
  models: null,
  expiresAt: null,
  requestsPerMinute: 60,
};
const bound = { ...issuer, models: new Set(['xSD4.5']) };

describe('a key that a tenant issues for itself', () => {
  test('is as the issuer is where nothing is asked for', () => {
    expect(delegatedTerms(bound, { name: 'shop' })).toEqual({
      name: 'shop',
      scopes: ['balance:read', 'keys:write'],
      models: ['xSD4.5'],
      expiresAt: null,
      requestsPerMinute: 500,
    });
  });

  test('may have less', () => {
    const wanted = { name: 'shop', scopes: ['balance:read'], requestsPerMinute: 5 } as const;
    expect(delegatedTerms(issuer, wanted)).toMatchObject({ ...wanted, models: null });
  });

  test('has no scope that the issuer lacks, and the refusal names them', () => {
    const wanted = { name: 'shop', scopes: ['balance:read', 'ledger:read', 'keys:read'] } as const;
    const error = { code: 'forbidden', details: { scope: 'ledger:read keys:read' } };
    expect(() => delegatedTerms(issuer, wanted)).toThrow(
      expect.objectContaining({ error: expect.objectContaining(error) }),
    );
  });

  test('has no model that the issuer may not use', () => {
    const error = expect.objectContaining({
      code: 'forbidden',
      message: expect.stringContaining('xSD4.5'),
    });
    const refused = expect.objectContaining({ error });
    expect(() => delegatedTerms(bound, { name: 'shop', models: ['other'] })).toThrow(refused);
    const key = { scopes: ['balance:read'], expiresAt: null, requestsPerMinute: 5 } as const;
    expect(() => mayHandOn(bound, { ...key, models: null })).toThrow(refused);
    expect(() => mayHandOn(bound, { ...key, models: ['xSD4.5'] })).not.toThrow();
  });

  test('gets no more requests than the usual, or than the issuer when that is more', () => {
    const asking = (requestsPerMinute: number) => ({ name: 'shop', requestsPerMinute });
    const busy = { ...issuer, requestsPerMinute: 900 };
    expect(delegatedTerms(busy, asking(900)).requestsPerMinute).toBe(900);
    expect(() => delegatedTerms(busy, asking(901))).toThrow('at most 900');
    expect(() => delegatedTerms(issuer, asking(501))).toThrow('at most 500');
  });

  test('ends when the issuer does, or before', () => {
    const ending = { ...issuer, expiresAt: '2030-01-01T00:00:00.000Z' };
    const asking = (expiresAt: string) => ({ name: 'shop', expiresAt });
    expect(delegatedTerms(ending, { name: 'shop' }).expiresAt).toBe(ending.expiresAt);
    const { expiresAt: earlier } = delegatedTerms(ending, asking('2029-12-31T00:00:00.000Z'));
    expect(earlier).toBe('2029-12-31T00:00:00.000Z');
    const error = { code: 'validation_error', message: expect.stringContaining('expiresAt') };
    expect(() => delegatedTerms(ending, asking('2030-01-01T00:00:00.001Z'))).toThrow(
      expect.objectContaining({ error: expect.objectContaining(error) }),
    );
    expect(delegatedTerms(issuer, asking('2099-01-01T00:00:00.000Z'))).toMatchObject({
      expiresAt: '2099-01-01T00:00:00.000Z',
    });
  });
});

describe('a key that is handed on as it is, by its rotation', () => {
  const key = { scopes: [], models: null, expiresAt: null, requestsPerMinute: 500 };
  const ending = { ...issuer, expiresAt: '2030-01-01T00:00:00.000Z' };
  const refused = (message: string) =>
    expect.objectContaining({
      error: expect.objectContaining({
        code: 'forbidden',
        message: expect.stringContaining(message),
      }),
    });

  test('lasts no longer than the key that asks', () => {
    expect(() => mayHandOn(ending, key)).toThrow(refused(ending.expiresAt));
    expect(() => mayHandOn(ending, { ...key, expiresAt: '2031-01-01T00:00:00.000Z' })).toThrow(
      refused(ending.expiresAt),
    );
    expect(() => mayHandOn(ending, { ...key, expiresAt: ending.expiresAt })).not.toThrow();
    expect(() => mayHandOn(issuer, key)).not.toThrow();
  });

  test('has no more requests than whoever asks may give', () => {
    expect(() => mayHandOn(issuer, { ...key, requestsPerMinute: 501 })).toThrow(refused('500'));
    const busy = { ...issuer, requestsPerMinute: 501 };
    expect(() => mayHandOn(busy, { ...key, requestsPerMinute: 501 })).not.toThrow();
  });
});
