import { isEmail } from 'class-validator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endUserOfRequest } from './end-user-of-request.js';

const KEY = 'key_01h5z8k2m4n6p8r0t2v4x6y8z0';

describe('the end user of a request', () => {
  it.each([
    ['Ada@Example.com', 'ada@example.com'],
    ['shop-user_17', 'shop-user_17@user.invalid'],
    [undefined, `${KEY}@key.invalid`],
    [null, `${KEY}@key.invalid`],
    ['', `${KEY}@key.invalid`],
  ])('%j is %s', (user, expected) => {
    expect(endUserOfRequest(user, KEY)).toBe(expected);
  });

  it('is always an e-mail address, and the same one for the same name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (user) => {
        const found = endUserOfRequest(user, KEY);
        expect(isEmail(found)).toBe(true);
        expect(endUserOfRequest(user, KEY)).toBe(found);
      }),
    );
  });

  it('is an e-mail address for half a character too', () => {
    expect(isEmail(endUserOfRequest('\ud800', KEY))).toBe(true);
  });

  it('does not take two names for one because they differ in case', () => {
    expect(endUserOfRequest('Alice', KEY)).not.toBe(endUserOfRequest('alice', KEY));
  });
});
