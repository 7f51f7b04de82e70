import { createHash } from 'node:crypto';
import {
  type ClipRequest,
  type FailureClass,
  type GenerationProvider,
  type ImageMediaType,
  ProviderError,
  type ReferenceImage,
  type RenderContext,
  type RenderedImage,
  type RenderRequest,
} from '@imprest/application';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

export interface GenerationProviderHarness {
  readonly provider: GenerationProvider;
  dispose(): Promise<void>;
  /** Laid over every request: the model's name, sizes it can make. Default size 160x128. */
  readonly request?: Partial<RenderRequest>;
  /** Media types it can make; all when absent. */
  readonly mediaTypes?: readonly ImageMediaType[];
  /** Why the same seed may give other pixels: then that is not tested. */
  readonly notDeterministic?: string;
  /** Changes a request so that it fails in this class; undefined when it cannot be made to. */
  readonly failing?: (
    request: RenderRequest,
    failureClass: FailureClass,
  ) => RenderRequest | undefined;
}

const FORMATS = { 'image/png': 'png', 'image/jpeg': 'jpeg', 'image/webp': 'webp' } as const;

/** After an abort, how long a provider may take to give up. */
const ABORT_MS = 1_000;

export function generationProviderConformance(
  name: string,
  create: () => Promise<GenerationProviderHarness>,
): void {
  describe(`GenerationProvider: ${name}`, () => {
    let harness: GenerationProviderHarness;
    beforeAll(async () => {
      harness = await create();
    });
    afterAll(() => harness.dispose());

    const requestOf = (change: Partial<RenderRequest> = {}): RenderRequest => ({
      ...PLAIN_REQUEST,
      ...harness.request,
      ...change,
    });
    const rendered = (change: Partial<RenderRequest> = {}) =>
      renderAll(harness.provider, requestOf(change));

    test.each([1, 3])('makes exactly %i images, each index once', async (images) => {
      const { received } = await rendered({ images });

      expect(received.map(({ index }) => index).sort()).toEqual(
        Array.from({ length: images }, (_, index) => index),
      );
    });

    test.each(Object.keys(FORMATS) as ImageMediaType[])(
      'makes %s of exactly the pixels asked for',
      async (mediaType) => {
        if (harness.mediaTypes && !harness.mediaTypes.includes(mediaType)) return;
        const { width, height } = requestOf();
        const { received } = await rendered({ mediaType });

        expect(received[0]).toMatchObject({ mediaType, width, height });
        const metadata = await sharp(received[0]?.bytes).metadata();
        expect(metadata).toMatchObject({ format: FORMATS[mediaType], width, height });
        expect(await pixelsOf(received[0])).toMatch(/^[0-9a-f]{64}$/);
      },
    );

    test('makes from one to the most images of a series, the same number each time', async () => {
      const change = { images: 4, sequential: true };
      const [first, second] = [await rendered(change), await rendered(change)];

      expect(first.received.length).toBeGreaterThanOrEqual(1);
      expect(first.received.length).toBeLessThanOrEqual(4);
      expect(second.received).toHaveLength(first.received.length);
    });

    test('gives the same pixels for the same request, whatever the job', async () => {
      if (harness.notDeterministic) return;
      const first = await rendered({ images: 2 });
      const second = await rendered({ images: 2, jobId: 'another-job', attempt: 2 });

      expect(await fingerprintsOf(second.received)).toEqual(await fingerprintsOf(first.received));
    });

    test('reports progress that only grows, from 0 to 1', async () => {
      const { progress } = await rendered({ images: 3 });

      expect(progress).toEqual([...progress].sort((a, b) => a - b));
      expect(Math.min(...progress, 0)).toBe(0);
      expect(Math.max(...progress, 1)).toBe(1);
    });

    test('hands over one image at a time and waits for it to be taken', async () => {
      let open = 0;
      let most = 0;
      await renderAll(harness.provider, requestOf({ images: 3 }), {
        async onImage() {
          open += 1;
          most = Math.max(most, open);
          await new Promise((resolve) => setTimeout(resolve, 20));
          open -= 1;
        },
      });

      expect(most).toBe(1);
      expect(open).toBe(0);
    });

    test('stops with what the receiver of an image throws', async () => {
      const refusal = new Error('no room for this image');
      const rendering = renderAll(harness.provider, requestOf({ images: 2 }), {
        onImage: () => Promise.reject(refusal),
      });

      await expect(rendering).rejects.toBe(refusal);
    });

    test('makes nothing for a request that is cancelled already', async () => {
      const received: RenderedImage[] = [];
      const rendering = renderAll(harness.provider, requestOf(), {
        signal: AbortSignal.abort(),
        onImage: async (image) => void received.push(image),
      });

      await expect(rendering).rejects.toMatchObject({ failureClass: 'cancelled' });
      expect(received).toEqual([]);
    });

    test('stops soon after it is cancelled and hands over nothing more', async () => {
      const abort = new AbortController();
      const received: RenderedImage[] = [];
      let abortedAt = 0;
      const rendering = renderAll(harness.provider, requestOf({ images: 4 }), {
        signal: abort.signal,
        async onImage(image) {
          received.push(image);
          abortedAt = performance.now();
          abort.abort();
        },
      });

      await expect(rendering).rejects.toMatchObject({ failureClass: 'cancelled' });
      expect(performance.now() - abortedAt).toBeLessThan(ABORT_MS);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(received).toHaveLength(1);
    });

    test('serves the next request after one was cancelled', async () => {
      const abort = new AbortController();
      const cancelled = renderAll(harness.provider, requestOf({ images: 4 }), {
        signal: abort.signal,
      });
      abort.abort();
      await expect(cancelled).rejects.toThrow(ProviderError);

      expect((await rendered()).received).toHaveLength(1);
    });

    describe('a clip', () => {
      const clipRequest = async (change: Partial<ClipRequest> = {}) => {
        const references = [await sourceImage()];
        return { clip: { ...SHORT_CLIP, ...change }, references };
      };

      test('moves for as long as asked for, in exactly the pixels asked for', async () => {
        const { width, height } = requestOf();
        const { received } = await rendered(await clipRequest());

        expect(received).toMatchObject([{ index: 0, mediaType: 'image/webp', width, height }]);
        const metadata = await sharp(received[0]?.bytes, { pages: -1 }).metadata();
        const { pages = 0, delay = [] } = metadata;
        expect(metadata).toMatchObject({ format: 'webp', width, pageHeight: height });
        expect(pages).toBeGreaterThan(1);
        expect(delay.reduce((sum, each) => sum + each, 0)).toBe(1_000);
      });

      test('is the same for the same request, whatever the job', async () => {
        if (harness.notDeterministic) return;
        const change = await clipRequest();
        const first = await rendered(change);
        const second = await rendered({ ...change, jobId: 'another-job', attempt: 2 });

        expect(await fingerprintsOf(second.received)).toEqual(await fingerprintsOf(first.received));
      });

      test('is of the first type that the provider can make', async () => {
        const mediaTypes = ['video/mp4', 'image/webp'] as const;
        const { received } = await rendered(await clipRequest({ mediaTypes }));

        expect(received).toHaveLength(1);
        expect(mediaTypes).toContain(received[0]?.mediaType);
      });

      test('is not begun when it is cancelled already', async () => {
        const request = requestOf(await clipRequest());
        const rendering = renderAll(harness.provider, request, { signal: AbortSignal.abort() });

        await expect(rendering).rejects.toMatchObject({ failureClass: 'cancelled' });
      });
    });

    test('blames the user for a size of no pixels', async () => {
      await expect(rendered({ width: 0 })).rejects.toMatchObject({ failureClass: 'user' });
    });

    test.each<FailureClass>(['user', 'model', 'infrastructure', 'moderation', 'timeout'])(
      'fails with a ProviderError of class %s',
      async (failureClass) => {
        const request = harness.failing?.(requestOf(), failureClass);
        if (!request) return;

        const failure = await renderAll(harness.provider, request).catch((error: unknown) => error);

        expect(failure).toBeInstanceOf(ProviderError);
        expect(failure).toMatchObject({ failureClass });
      },
    );
  });
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

const PLAIN_REQUEST: RenderRequest = {
  jobId: 'conformance-job',
  attempt: 1,
  model: 'default',
  prompt: 'a lighthouse on a rocky coast at dawn',
  seed: 20,
  width: 160,
  height: 128,
  images: 1,
  sequential: false,
  guidanceScale: 7.5,
  watermark: false,
  mediaType: 'image/png',
  references: [],
};

async function renderAll(
  provider: GenerationProvider,
  request: RenderRequest,
  context: Partial<RenderContext> = {},
): Promise<{ received: RenderedImage[]; progress: number[] }> {
  const received: RenderedImage[] = [];
  const progress: number[] = [];
  await provider.render(request, {
    signal: new AbortController().signal,
    onProgress: (fraction) => progress.push(fraction),
    onImage: async (image) => void received.push(image),
    ...context,
  });
  return { received, progress };
}

/** Hash of the decoded pixels: file bytes may differ between versions of an encoder. */
async function pixelsOf(image: RenderedImage | undefined): Promise<string> {
  const raw = await sharp(image?.bytes, {
    failOn: 'error',
    pages: image?.mediaType === 'image/webp' ? -1 : 1,
  })
    .raw()
    .toBuffer();
  return createHash('sha256').update(raw).digest('hex');
}

async function fingerprintsOf(images: readonly RenderedImage[]): Promise<string[]> {
  const ordered = [...images].sort((a, b) => a.index - b.index);
  return Promise.all(ordered.map(pixelsOf));
}
