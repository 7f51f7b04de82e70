import type { LedgerSealEvent, Seal } from '@imprest/domain';
import { describe, expect, test } from 'vitest';
import { newSealKeyPem, sealKeyFromPem, sealPublicKey } from './seal-key.js';
import { SealLine } from './seal-line.js';
import { introduceKey, signSeal } from './signing.js';

const first = sealKeyFromPem(newSealKeyPem());
const second = sealKeyFromPem(newSealKeyPem());
const at = '2026-01-16T00:05:00.000Z';

function seal(number: number, previous: string | null): Omit<Seal, 'keyId'> {
  const hash = number.toString(16).padStart(64, '0');
  return {
    ...{ format: 1, number, after: String((number - 1) * 10), upTo: String(number * 10) },
    ...{ events: 10, root: hash, accounts: 2, accountsRoot: hash, previous },
    ...{ knownBefore: at, sealedAt: at },
  };
}

const introduced = (
  key: typeof first,
  previous: Parameters<typeof introduceKey>[0]['previous'],
): LedgerSealEvent => ({
  type: 'SealKeyIntroduced',
  data: introduceKey({ key, previous, introducedAt: at, reason: 'rotation' }),
});

function line(keys: 'endorsed' | 'lost'): LedgerSealEvent[] {
  const one = signSeal(seal(1, null), first);
  const two = signSeal(seal(2, one.digest), second);
  return [
    introduced(first, null),
    { type: 'LedgerSealed', data: one },
    introduced(second, keys === 'endorsed' ? first : { keyId: first.keyId }),
    { type: 'LedgerSealed', data: two },
  ];
}

function read(events: readonly LedgerSealEvent[], trusted?: typeof first): SealLine {
  const read = new SealLine(trusted);
  for (const event of events) read.take(event);
  return read;
}

describe('the line of seals', () => {
  test('is read without a problem, and the first key vouches through its endorsement', () => {
    expect(read(line('endorsed')).problems).toEqual([]);
    expect(read(line('endorsed'), first).vouchedUpTo).toBe(2);
  });

  test('the last key vouches for all seals before its own', () => {
    expect(read(line('endorsed'), second).vouchedUpTo).toBe(2);
  });

  test('a key that replaced a lost one is not vouched for by it', () => {
    expect(read(line('lost'), first).vouchedUpTo).toBe(1);
    expect(read(line('lost'), second).vouchedUpTo).toBe(2);
    expect(read(line('lost')).problems).toEqual([]);
  });

  test('a foreign key vouches for nothing', () => {
    expect(read(line('endorsed'), sealKeyFromPem(newSealKeyPem())).vouchedUpTo).toBe(0);
  });

  test('every field of every fact counts', () => {
    for (const [index, event] of line('endorsed').entries()) {
      for (const field of Object.keys(event.data)) {
        if (field === 'reason') continue;
        const events = structuredClone(line('endorsed')) as { data: Record<string, unknown> }[];
        const data = (events[index] as (typeof events)[0]).data;
        data[field] = changed(data[field]);
        const found = read(events as unknown as LedgerSealEvent[]).problems;
        const unsigned = index === 0 && field === 'introducedAt';
        expect([event.type, field, found.length > 0]).toEqual([event.type, field, !unsigned]);
      }
    }
  });

  test('a seal left out is missed', () => {
    const events = line('endorsed');
    expect(read([events[0]!, events[2]!, events[3]!]).problems.length).toBeGreaterThan(0);
  });
});

function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (value === null) return 'ab'.repeat(32);
  const text = String(value);
  return `${text[0] === '1' ? '2' : '1'}${text.slice(1)}`;
}

describe('public keys', () => {
  test('are read as base64 and as PEM alike', () => {
    const pem = first.key.export({ type: 'spki', format: 'pem' }).toString();
    expect(sealPublicKey(pem).keyId).toBe(first.keyId);
    expect(sealPublicKey(` ${first.publicKey}\n`).keyId).toBe(first.keyId);
  });

  test.each(['', 'AAAA', 'x'.repeat(44)])('%j is none', (text) => {
    expect(() => sealPublicKey(text)).toThrow('base64 of 32 bytes');
  });
});
