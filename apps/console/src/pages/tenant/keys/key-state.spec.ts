import { describe, expect, it } from 'vitest';
import { type ApiKey, expiryAfter, keyStateOf } from './key-state.ts';

const now = new Date('2026-11-20T12:00:00Z');
const past = '2026-11-20T11:59:59Z';
const coming = '2026-11-21T12:00:00Z';
const key = (changes: Partial<ApiKey>) =>
  ({ revokedAt: null, validUntil: null, rotatedTo: null, ...changes }) as ApiKey;

describe('state of a key', () => {
  it('is active until something happens to it', () => {
    expect(keyStateOf(key({}), now)).toBe('active');
    expect(keyStateOf(key({ validUntil: coming }), now)).toBe('active');
  });

  it('goes from rotated to expired when the overlap ends', () => {
    expect(keyStateOf(key({ rotatedTo: 'k2', validUntil: coming }), now)).toBe('rotated');
    expect(keyStateOf(key({ rotatedTo: 'k2', validUntil: past }), now)).toBe('expired');
  });

  it('is revoked whatever else it is', () => {
    expect(keyStateOf(key({ revokedAt: past, validUntil: past }), now)).toBe('revoked');
  });

  it('ends after as many days as were chosen, or never', () => {
    expect(expiryAfter(1, now)).toBe('2026-11-21T12:00:00.000Z');
    expect(expiryAfter(0, now)).toBeNull();
  });
});
