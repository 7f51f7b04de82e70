import { describe, expect, test } from 'vitest';
import { delegatedTerms, mayHandOn } from './delegated-terms.js';

const issuer = {
  scopes: new Set(['balance:read', 'keys:write', 'members:write'] as const),
  models: null,
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
    expect(() => mayHandOn(bound, { scopes: ['balance:read'], models: null })).toThrow(refused);
    expect(() => mayHandOn(bound, { scopes: [], models: ['xSD4.5'] })).not.toThrow();
  });

  test('gets no more requests than the usual, or than the issuer when that is more', () => {
    const asking = (requestsPerMinute: number) => ({ name: 'shop', requestsPerMinute });
    const busy = { ...issuer, requestsPerMinute: 900 };
    expect(delegatedTerms(busy, asking(900)).requestsPerMinute).toBe(900);
    expect(() => delegatedTerms(busy, asking(901))).toThrow('at most 900');
    expect(() => delegatedTerms(issuer, asking(501))).toThrow('at most 500');
  });
});
