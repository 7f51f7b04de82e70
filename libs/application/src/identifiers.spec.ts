import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivedId, idOfUuid, newId, randomUint32, uuidOfId, uuidV7 } from './identifiers.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const LAST_MS = 2 ** 48 - 1;
const moment = fc.integer({ min: 0, max: LAST_MS });

describe('a UUIDv7', () => {
  test('has version, variant and time where RFC 9562 has them', () => {
    fc.assert(
      fc.property(moment, (ms) => {
        const id = uuidV7(ms);
        expect(id).toMatch(UUID_V7);
        expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(ms);
      }),
    );
  });

  test('carries the time of the example in RFC 9562', () => {
    expect(uuidV7(0x017f22e279b0).slice(0, 13)).toBe('017f22e2-79b0');
  });

  test('sorts by time', () => {
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        fc.pre(one < other);
        expect(uuidV7(one) < uuidV7(other)).toBe(true);
      }),
    );
  });

  test('is unique among 100,000 of one millisecond', () => {
    const ids = new Set(Array.from({ length: 100_000 }, () => uuidV7(1_768_467_600_000)));
    expect(ids.size).toBe(100_000);
  });

  test.each([-1, LAST_MS + 1, 1.5e15])('is refused for the time %d', (ms) => {
    expect(() => uuidV7(ms)).toThrow(RangeError);
  });
});

describe('a new id', () => {
  test('is its prefix and 26 characters without i, l, o and u', () => {
    fc.assert(
      fc.property(moment, (ms) => {
        expect(newId('req', ms)).toMatch(/^req_[0-9abcdefghjkmnpqrstvwxyz]{26}$/);
      }),
    );
  });

  test('sorts by time', () => {
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        fc.pre(one < other);
        expect(newId('req', one) < newId('req', other)).toBe(true);
      }),
    );
  });

  test('is unique among 100,000 of one millisecond', () => {
    const ids = new Set(Array.from({ length: 100_000 }, () => newId('req', 1_768_467_600_000)));
    expect(ids.size).toBe(100_000);
  });
});

describe('a derived id', () => {
  test('is the same for ever: streams are found by it', () => {
    expect(derivedId('req', 'ten_1', 'order-17')).toBe('req_ghfcvckg1p1hwgaj8hbm016qam');
  });

  test('has the form of a new one', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(derivedId('req', ...parts)).toMatch(/^req_[0-9abcdefghjkmnpqrstvwxyz]{26}$/);
      }),
    );
  });

  test('is another one for other parts, however they are cut', () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '1', ':', '-', 'é') }));
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(derivedId('req', ...one)).not.toBe(derivedId('req', ...other));
      }),
    );
    expect(derivedId('req', 'ab', 'c')).not.toBe(derivedId('req', 'a', 'bc'));
    expect(derivedId('req', '1:a')).not.toBe(derivedId('req', '', 'a'));
  });

  test('is unique among 100,000', () => {
    const ids = Array.from({ length: 100_000 }, (_, n) => derivedId('req', 'ten_1', String(n)));
    expect(new Set(ids).size).toBe(100_000);
  });
});

test('a drawn seed is a 32-bit number, and hardly ever the same one', () => {
  const seeds = Array.from({ length: 10_000 }, () => randomUint32());
  for (const seed of seeds) expect(seed >>> 0).toBe(seed);
  expect(new Set(seeds).size).toBeGreaterThan(9_990);
  // Both halves of the range are drawn from.
  expect(seeds.filter((seed) => seed >= 2 ** 31).length).toBeGreaterThan(4_000);
});

describe('an id in the spelling of a UUID', () => {
  test('leads back to the id', () => {
    fc.assert(
      fc.property(fc.string(), moment, (part, ms) => {
        for (const id of [derivedId('req', part), newId('req', ms)]) {
          expect(idOfUuid('req', uuidOfId(id))).toBe(id);
          expect(idOfUuid('req', uuidOfId(id).toUpperCase())).toBe(id);
        }
      }),
    );
  });

  test('is a UUIDv7 where the id was made of one', () => {
    expect(uuidOfId(newId('req', 1_768_467_600_000))).toMatch(UUID_V7);
  });

  test.each(['', 'req_', '0'.repeat(36), `req_${'0'.repeat(26)}`])('is not made of %j', (text) => {
    expect(idOfUuid('req', text)).toBeUndefined();
  });

  test.each(['', 'req_0', `req_${'0'.repeat(25)}1`, `req_${'u'.repeat(25)}0`])(
    'does not exist for %j',
    (text) => {
      expect(() => uuidOfId(text)).toThrow(RangeError);
    },
  );
});
