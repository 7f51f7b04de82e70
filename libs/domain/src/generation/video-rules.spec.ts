import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clipPixels,
  normaliseVideo,
  type RequestedVideo,
  type VideoLimits,
} from './video-rules.js';

const limits: VideoLimits = {
  minSeconds: 2,
  maxSeconds: 6,
  defaultSeconds: 3,
  maxSide: 512,
  maxPromptCharacters: 100,
  seed: true,
};
const source = { index: 1, assetId: 'img_1', width: 2560, height: 1440 };
const asked: RequestedVideo = { sourceGenerationId: 'req_1', source, seed: 7 };

describe('a request for a video', () => {
  test('is one clip in the shape of its source, as long as the model says', () => {
    expect(normaliseVideo(asked, limits)).toEqual({
      width: 512,
      height: 288,
      size: '512x288',
      aspectRatio: 'auto',
      images: 1,
      sequential: false,
      seed: 7,
      watermark: false,
      guidanceScale: 7.5,
      responseFormat: 'url',
      referencesCount: 0,
      video: {
        sourceGenerationId: 'req_1',
        sourceImage: 1,
        sourceAssetId: 'img_1',
        durationSeconds: 3,
      },
    });
  });

  test('whose source is not known yet has no pixels', () => {
    expect(normaliseVideo({ ...asked, source: undefined }, limits)).toMatchObject({
      width: null,
      height: null,
      size: 'auto',
    });
  });

  test.each([1, 7, 2.5, 0, -1, Number.NaN])('of %s seconds is refused', (durationSeconds) => {
    expect(normaliseVideo({ ...asked, durationSeconds }, limits)).toEqual({
      code: 'validation_error',
      field: 'duration',
      message: 'duration must be a whole number of seconds from 2 to 6',
    });
  });
});

test('a clip has even sides, is never larger than its source allows, and keeps its shape', () => {
  const side = fc.integer({ min: 64, max: 8_192 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 64, max: 4_096 }), (width, height, maxSide) => {
      const [across, down] = clipPixels({ width, height }, maxSide);
      expect([across % 2, down % 2]).toEqual([0, 0]);
      expect(Math.max(across, down)).toBeLessThanOrEqual(
        Math.min(maxSide, Math.max(width, height)) + 1,
      );
      expect(Math.abs(across / (width / height) - down)).toBeLessThan(
        2 * Math.max(1, height / width) + 1,
      );
    }),
  );
});
