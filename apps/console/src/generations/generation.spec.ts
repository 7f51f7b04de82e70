import { describe, expect, it } from 'vitest';
import { outputsOf, sameOriginAsset } from './generation.ts';

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
