import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_PIXELS } from './image-limits.js';
import {
  MIN_PIXELS,
  normaliseParameters,
  type RequestedParameters,
  shapeOf,
} from './request-rules.js';
import { presetPixels } from './size-presets.js';

const plain: RequestedParameters = { seed: 7, referencesCount: 0 };

function accepted(request: Partial<RequestedParameters>) {
  const result = normaliseParameters({ ...plain, ...request });
  if ('code' in result) throw new Error(result.message);
  return result;
}

function refusedField(request: Partial<RequestedParameters>) {
  const result = normaliseParameters({ ...plain, ...request });
  return 'code' in result ? [result.code, result.field] : 'accepted';
}

describe('a request that names nothing', () => {
  test('gets one square 2K image as the caller would expect it', () => {
    expect(accepted({})).toEqual({
      sizeClass: '2K',
      parameters: {
        width: 2048,
        height: 2048,
        size: '2K',
        aspectRatio: 'auto',
        images: 1,
        sequential: false,
        seed: 7,
        watermark: false,
        guidanceScale: 7.5,
        responseFormat: 'url',
        referencesCount: 0,
        video: null,
      },
    });
  });
});

describe('a preset size', () => {
  test.each([
    ['2K', 'square', 2048, 2048],
    ['2K', 'landscape', 2560, 1440],
    ['2K', 'portrait', 1440, 2560],
    ['4K', 'square', 4096, 4096],
    ['4K', 'landscape', 5504, 3040],
    ['4K', 'portrait', 3040, 5504],
  ] as const)('%s %s is %d by %d', (size, aspectRatio, width, height) => {
    const { parameters, sizeClass } = accepted({ size, aspectRatio });
    expect([parameters.width, parameters.height, sizeClass]).toEqual([width, height, size]);
    expect(presetPixels(size, aspectRatio)).toEqual([width, height]);
  });

  test('with references and no shape waits for the shape of the first one', () => {
    const { parameters } = accepted({ size: '4K', referencesCount: 1 });
    expect([parameters.width, parameters.height, parameters.aspectRatio]).toEqual([
      null,
      null,
      'auto',
    ]);
  });

  test('has no pixels under an unknown name', () => {
    expect(presetPixels('8K', 'square')).toBeUndefined();
  });
});

describe('an explicit size', () => {
  test.each(['2560x1440', '4096x4096', '1024x16384', '16384x1024'])(
    '%s is sold as custom',
    (size) => {
      const { parameters, sizeClass } = accepted({ size, aspectRatio: 'portrait' });
      expect(`${parameters.width}x${parameters.height}`).toBe(size);
      expect(sizeClass).toBe('custom');
    },
  );

  test.each([
    '1K',
    '8K',
    '',
    '1024x1024',
    '4097x4096',
    '983x16384',
    '02560x1440',
    '2560X1440',
    '2560x1440 ',
    '2560.0x1440',
    '999999x4',
    '-2560x-1440',
  ])('%j is refused', (size) => {
    expect(refusedField({ size })).toEqual(['validation_error', 'size']);
  });

  test('that is accepted is within the limits of pixels and shape', () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const pixels = width * height;
        const sold =
          pixels >= MIN_PIXELS &&
          pixels <= MAX_PIXELS &&
          Math.max(width, height) <= 16 * Math.min(width, height);
        expect(refusedField({ size: `${width}x${height}` }) === 'accepted').toBe(sold);
      }),
    );
  });
});

describe('how many images', () => {
  test('at most 15 together with references', () => {
    expect(accepted({ images: 15 }).parameters.images).toBe(15);
    expect(accepted({ images: 5, referencesCount: 10 }).parameters.images).toBe(5);
    expect(refusedField({ images: 16 })).toEqual(['validation_error', 'n']);
    expect(refusedField({ images: 6, referencesCount: 10 })).toEqual(['validation_error', 'n']);
  });

  test('at most 10 references', () => {
    expect(refusedField({ referencesCount: 11 })).toEqual(['validation_error', 'references']);
  });

  test('a series has four unless it names a number, and never n of its own', () => {
    expect(accepted({ sequential: true }).parameters.images).toBe(4);
    expect(accepted({ sequential: true, maxSequentialImages: 15 }).parameters.images).toBe(15);
    expect(refusedField({ sequential: true, images: 2 })).toEqual([
      'validation_error',
      'sequential',
    ]);
    expect(refusedField({ sequential: true, maxSequentialImages: 16 })).toEqual([
      'validation_error',
      'sequentialOptions.maxImages',
    ]);
  });
});

describe('shapeOf', () => {
  test.each([
    [100, 100, 'square'],
    [110, 100, 'square'],
    [111, 100, 'landscape'],
    [100, 110, 'square'],
    [100, 111, 'portrait'],
  ])('%d by %d is %s', (width, height, shape) => {
    expect(shapeOf(width, height)).toBe(shape);
  });
});

describe('pixels that a dialect states itself', () => {
  test('are taken as they are, with the size class they are sold as', () => {
    const pixels = { width: 1024, height: 768, sizeClass: 'custom' } as const;
    const { parameters, sizeClass } = accepted({ pixels, size: '4K', aspectRatio: 'auto' });
    expect(parameters).toMatchObject({ width: 1024, height: 768, size: '1024x768' });
    expect(sizeClass).toBe('custom');
  });

  test.each([
    [63, 64],
    [4097, 4096],
    [1040, 64],
  ])('of %d by %d are refused', (width, height) => {
    const pixels = { width, height, sizeClass: 'custom' } as const;
    expect(refusedField({ pixels })).toEqual(['validation_error', 'size']);
  });
});
