import { describe, expect, test } from 'vitest';
import { generalImageLimits, type ImageLimits } from './image-limits.js';
import { normaliseParameters, type RequestedParameters } from './request-rules.js';

const narrow: ImageLimits = {
  ...generalImageLimits,
  maxImages: 2,
  maxReferences: 1,
  maxPixels: 4_194_304,
  aspectRatios: ['1:1', '16:9'],
};

function result(request: Partial<RequestedParameters>) {
  return normaliseParameters({ seed: 7, referencesCount: 0, ...request }, narrow);
}

describe('the limits of a model', () => {
  test('bound a series that names no length', () => {
    expect(result({ sequential: true })).toMatchObject({ parameters: { images: 2 } });
  });

  test.each<[Partial<RequestedParameters>]>([
    [{ images: 2, aspectRatio: 'landscape' }],
    [{ referencesCount: 1 }],
    [{ aspectRatio: 'auto', size: '2048x2048' }],
  ])('leave %o alone', (request) => {
    expect(result(request)).toHaveProperty('parameters');
  });

  test.each<[Partial<RequestedParameters>, string, string]>([
    [{ images: 3 }, 'n', 'n must be at most 2 for this model'],
    [
      { sequential: true, maxSequentialImages: 3 },
      'sequentialOptions.maxImages',
      'must be at most 2 for this model',
    ],
    [{ referencesCount: 2 }, 'references', 'references must be at most 1'],
    [{ size: '4K' }, 'size', 'at most 4194304 pixels in all for this model, 4K has 16777216'],
    [{ size: '4K', referencesCount: 1 }, 'size', '4K has 16777216'],
    [{ size: '2100x2100' }, 'size', '2100x2100 has 4410000'],
    [{ aspectRatio: 'portrait' }, 'aspectRatio', 'portrait is not supported by this model'],
  ])('refuse %o', (request, field, message) => {
    expect(result(request)).toMatchObject({ code: 'validation_error', field });
    expect(result(request)).toHaveProperty('message', expect.stringContaining(message));
  });
});
