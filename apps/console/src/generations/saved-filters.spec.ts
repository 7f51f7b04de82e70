import { describe, expect, it } from 'vitest';
import { outputsOf, sameOriginAsset } from './generation.ts';
import {
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

  it('are recognised when they are set', () => {
    expect(isSameFilter({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true);
    expect(isSameFilter({ a: '1' }, { a: '1', b: '2' })).toBe(false);
  });
});

describe('outputs of a generation', () => {
  it('are fetched from where the page is, unless they lie elsewhere', () => {
    expect(sameOriginAsset('https://api.example.com/assets/img_1?sig=x')).toBe(
      '/assets/img_1?sig=x',
    );
    expect(sameOriginAsset('https://cdn.example.com/a.png')).toBe('https://cdn.example.com/a.png');
  });

  it('tell pictures, pictures that were lost, and clips apart', () => {
    const shared = { expiresAt: '2026-01-01T00:00:00Z', sha256: 'ab' };
    const outputs = outputsOf({
      images: [
        { id: 'a', url: 'http://x/assets/a', thumbnailUrl: 'http://x/assets/t', ...shared },
        { id: 'b', error: { code: 'storage_failed' } },
        { id: 'c', b64_json: '/9j/AA', ...shared },
      ],
      videos: [
        {
          id: 'd',
          url: 'http://x/assets/d',
          mediaType: 'video/mp4',
          width: 1,
          height: 1,
          durationSeconds: 2,
          ...shared,
        },
      ],
    });
    expect(outputs.map(({ url, isVideo, isLost }) => [url, isVideo, isLost])).toEqual([
      ['/assets/a', false, false],
      [null, false, true],
      ['data:image/jpeg;base64,/9j/AA', false, false],
      ['/assets/d', true, false],
    ]);
  });
});
