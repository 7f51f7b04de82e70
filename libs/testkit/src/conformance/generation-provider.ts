import {
  type FailureClass,
  type GenerationProvider,
  type ImageMediaType,
  ProviderError,
  type RenderedImage,
  type RenderRequest,
  type VideoMediaType,
} from '@imprest/application';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProviderFault, ProviderStub } from '../providers/index.js';
import { clipConformance } from './generation-provider/clips.js';
import { faultConformance } from './generation-provider/faults.js';
import {
  fingerprintsOf,
  PLAIN_REQUEST,
  pixelsOf,
  renderAll,
} from './generation-provider/rendering.js';

export { FAULT_DEADLINE_MS, FAULT_MOST_BYTES } from './generation-provider/faults.js';
export { PLAIN_REQUEST } from './generation-provider/rendering.js';

export interface GenerationProviderHarness {
  readonly provider: GenerationProvider;
  dispose(): Promise<void>;
  /** Laid over every request: the model's name, sizes it can make. Default size 160x128. */
  readonly request?: Partial<RenderRequest>;
  /** Media types it can make; all when absent. */
  readonly mediaTypes?: readonly ImageMediaType[];
  /** What its clips can be; animated WebP when absent, and none at all when empty. */
  readonly clipTypes?: readonly VideoMediaType[];
  /** Another one for the same server, that waits no longer than FAULT_DEADLINE_MS for anything. */
  readonly hasty?: GenerationProvider;
  /** The server behind it, for a provider that is bound with faults. */
  readonly stub?: ProviderStub;
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

/**
 * Binds a provider.
 * @param faults those of its server that the protocol can have; the harness has a stub of the server then, and its providers
 * take no file over FAULT_MOST_BYTES
 */
export function generationProviderConformance(
  name: string,
  create: () => Promise<GenerationProviderHarness>,
  faults: readonly ProviderFault[] = [],
): void {
  describe(`GenerationProvider: ${name}`, () => {
    let harness: GenerationProviderHarness;
    beforeAll(async () => {
      harness = await create();
    });
    afterAll(() => harness.dispose());

    let jobs = 0;
    // A server may know a job's attempt by its id: one is never asked for in two ways.
    const requestOf = (change: Partial<RenderRequest> = {}): RenderRequest => ({
      ...PLAIN_REQUEST,
      jobId: `conformance-job-${++jobs}`,
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
      const second = await rendered({ images: 2, attempt: 2 });

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

    clipConformance(() => ({ ...harness, requestOf, rendered }));
    faultConformance(faults, () => ({ ...harness, requestOf }));

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
