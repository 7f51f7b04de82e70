import { describe, expect, it } from 'vitest';
import {
  forgetSavedFilters,
  isSameFilter,
  readSavedFilters,
  savedFiltersKey,
  withoutSavedFilter,
  withSavedFilter,
} from './saved-filters.ts';

const storeOf = (text: string | null) => ({ getItem: () => text, setItem: () => {} });

describe('saved filters', () => {
  it('belong to a user, a tenant and a list', () => {
    expect(savedFiltersKey('usr_1', 'studio', 'generations')).not.toBe(
      savedFiltersKey('usr_2', 'studio', 'generations'),
    );
  });

  it.each([null, '', '{', '7', '[{"name":1}]', '[{"name":"a","filters":{"b":2}}]'])(
    'are none when %s was kept',
    (text) => expect(readSavedFilters(storeOf(text), 'k')).toEqual([]),
  );

  it('replace one of their name, and have a name', () => {
    const first = withSavedFilter([], { name: ' Failed ', filters: { status: 'failed' } });
    const second = withSavedFilter(first, { name: 'Failed', filters: { status: 'cancelled' } });

    expect(second).toEqual([{ name: 'Failed', filters: { status: 'cancelled' } }]);
    expect(withSavedFilter(second, { name: '  ', filters: {} })).toBe(second);
    expect(withoutSavedFilter(second, 'Failed')).toEqual([]);
  });

  it('of one user are forgotten together, and nobody else’s', () => {
    const kept = new Map([
      [savedFiltersKey('usr_1', 'studio', 'generations'), '[]'],
      [savedFiltersKey('usr_1', 'atlas', 'end-users'), '[]'],
      [savedFiltersKey('usr_12', 'studio', 'generations'), '[]'],
      ['mantine-color-scheme-value', 'dark'],
    ]);
    const store = {
      get length() {
        return kept.size;
      },
      key: (index: number) => [...kept.keys()][index] ?? null,
      removeItem: (key: string) => void kept.delete(key),
    };
    forgetSavedFilters(store, 'usr_1');

    expect([...kept.keys()]).toEqual([
      savedFiltersKey('usr_12', 'studio', 'generations'),
      'mantine-color-scheme-value',
    ]);
  });

  it('are recognised when they are set', () => {
    expect(isSameFilter({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true);
    expect(isSameFilter({ a: '1' }, { a: '1', b: '2' })).toBe(false);
  });
});
