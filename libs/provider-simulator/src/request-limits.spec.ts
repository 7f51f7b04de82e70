import { ProviderError, type RenderRequest } from '@imprest/application';
import { describe, expect, it } from 'vitest';
import { checkRequest } from './request-limits.js';
import { smallRequest } from './small-request.fixtures.js';

const reference = (bytes: number) =>
  ({ bytes: new Uint8Array(bytes), mediaType: 'image/png', width: 1, height: 1 }) as const;

describe('a request', () => {
  it.each<[Partial<RenderRequest>]>([
    [{ width: 4096, height: 4096 }],
    [{ width: 16_384, height: 1024 }],
    [{ width: 16, height: 16 }],
    [{ images: 64, seed: -(2 ** 53), guidanceScale: 0 }],
    [{ references: Array.from({ length: 10 }, () => reference(9)) }],
  ])('may ask for %o', (change) => {
    expect(() => checkRequest({ ...smallRequest, ...change })).not.toThrow();
  });

  it.each<[Partial<RenderRequest>, string]>([
    [{ width: 0 }, 'width is 0, must be a whole number from 16 to 65535 for image/png'],
    [{ height: 100.5 }, 'height is 100.5'],
    [{ width: 16_384, height: 1024, mediaType: 'image/webp' }, 'from 16 to 16383 for image/webp'],
    [{ width: 4097, height: 4096 }, '4097x4096 is over 16777216 pixels'],
    [{ mediaType: 'image/gif' as 'image/png' }, 'image/gif is not one of PNG, JPEG and WebP'],
    [{ images: 65 }, 'images is 65'],
    [{ seed: Number.NaN }, 'seed is NaN'],
    [{ guidanceScale: Number.POSITIVE_INFINITY }, 'guidanceScale is Infinity'],
    [{ prompt: 'x'.repeat(200_001) }, 'prompt is over 200000 characters'],
    [{ references: Array.from({ length: 11 }, () => reference(9)) }, 'over 10 references'],
    [{ references: [reference(25_000_001)] }, 'reference image_1 is over 25000000 bytes'],
  ])('is refused for %o as the fault of the user', (change, rule) => {
    const check = () => checkRequest({ ...smallRequest, ...change });

    expect(check).toThrow(ProviderError);
    expect(check).toThrow(rule);
    expect(check).toThrow(expect.objectContaining({ failureClass: 'user' }));
  });
});
