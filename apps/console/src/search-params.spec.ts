import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch, tableSearch } from './search-params.ts';

describe('search parameters', () => {
  it('come back as they were written, empty ones left out', () => {
    const search = fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(search, (given) => {
        expect(parseSearch(stringifySearch(given))).toEqual({ ...given });
      }),
    );
    expect(stringifySearch({ a: '', b: undefined, c: null })).toBe('');
    expect(stringifySearch({ status: 'failed', sort: '-createdAt' })).toBe(
      '?status=failed&sort=-createdAt',
    );
  });

  it('of a table are its place, its order and the filters it knows', () => {
    const validate = tableSearch('status');
    const given = { status: 'failed', sort: '-id', cursor: 'abc', evil: '1', limit: 7 };
    expect(validate(given)).toEqual({ status: 'failed', sort: '-id', cursor: 'abc' });
    expect(validate({ status: 'x'.repeat(301) })).toEqual({});
  });
});
