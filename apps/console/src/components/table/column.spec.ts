import { describe, expect, it } from 'vitest';
import { compareSortValues } from './column.ts';

describe('order of rows', () => {
  it('compares numbers of any kind as numbers and puts nothing last', () => {
    const values = [10n, null, 9, undefined, 2n ** 64n, 1];
    expect(values.sort(compareSortValues)).toEqual([1, 9, 10n, 2n ** 64n, null, undefined]);
  });

  it('compares texts', () => {
    expect(['b', 'a', 'b'].sort(compareSortValues)).toEqual(['a', 'b', 'b']);
  });
});
