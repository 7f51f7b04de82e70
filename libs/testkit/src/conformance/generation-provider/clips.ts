import type {
  ClipRequest,
  GenerationProvider,
  ReferenceImage,
  RenderedImage,
  RenderRequest,
  VideoMediaType,
} from '@imprest/application';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fingerprintsOf, renderAll } from './rendering.js';

export interface ClipSubject {
  readonly provider: GenerationProvider;
  readonly notDeterministic?: string;
  /** Animated WebP when absent; empty when it makes no clips. */
  readonly clipTypes?: readonly VideoMediaType[];
  requestOf(change?: Partial<RenderRequest>): RenderRequest;
  rendered(change?: Partial<RenderRequest>): Promise<{ readonly received: RenderedImage[] }>;
}

const SHORT_CLIP: ClipRequest = {
  durationSeconds: 1,
  framesPerSecond: 4,
  mediaTypes: ['image/webp'],
};

/** A flat picture, of which no camera move makes frames that differ. */
async function sourceImage(): Promise<ReferenceImage> {
  const size = { width: 96, height: 80 };
  const image = sharp({ create: { ...size, channels: 3, background: '#40608a' } });
  return { bytes: await image.png().toBuffer(), mediaType: 'image/png', ...size };
}

/** @param subject asked in each test, when there is one */
export function clipConformance(subject: () => ClipSubject): void {
  describe('a clip', () => {
    const clipRequest = async (change: Partial<ClipRequest> = {}) => {
      const references = [await sourceImage()];
      return { clip: { ...SHORT_CLIP, ...change }, references };
    };

    const makes = (type: VideoMediaType) => (subject().clipTypes ?? ['image/webp']).includes(type);
    const makesNone = () => subject().clipTypes?.length === 0;

    test('moves for as long as asked for, in exactly the pixels asked for', async () => {
      if (!makes('image/webp')) return;
      const { width, height } = subject().requestOf();
      const { received } = await subject().rendered(await clipRequest());

      expect(received).toMatchObject([{ index: 0, mediaType: 'image/webp', width, height }]);
      const metadata = await sharp(received[0]?.bytes, { pages: -1 }).metadata();
      const { pages = 0, delay = [] } = metadata;
      expect(metadata).toMatchObject({ format: 'webp', width, pageHeight: height });
      expect(pages).toBeGreaterThan(1);
      expect(delay.reduce((sum, each) => sum + each, 0)).toBe(1_000);
    });

    test('is the same for the same request, whatever the job', async () => {
      if (subject().notDeterministic || !makes('image/webp')) return;
      const change = await clipRequest();
      const first = await subject().rendered(change);
      const second = await subject().rendered({ ...change, attempt: 2 });

      expect(await fingerprintsOf(second.received)).toEqual(await fingerprintsOf(first.received));
    });

    test('is of the first type that the provider can make', async () => {
      if (makesNone()) return;
      const mediaTypes = ['video/mp4', 'image/webp'] as const;
      const { received } = await subject().rendered(await clipRequest({ mediaTypes }));

      expect(received).toHaveLength(1);
      expect(mediaTypes).toContain(received[0]?.mediaType);
    });

    test('is the fault of the model that makes none', async () => {
      if (!makesNone()) return;
      const rendering = subject().rendered(await clipRequest());

      await expect(rendering).rejects.toMatchObject({ failureClass: 'model' });
    });

    test('is not begun when it is cancelled already', async () => {
      const request = subject().requestOf(await clipRequest());
      const rendering = renderAll(subject().provider, request, { signal: AbortSignal.abort() });

      await expect(rendering).rejects.toMatchObject({ failureClass: 'cancelled' });
    });
  });
}
