import type { RenderedImage } from '@imprest/application';
import { describe, expect, it } from 'vitest';
import { Delivery } from './delivery.js';

const image = (index: number): RenderedImage => ({
  index,
  bytes: new Uint8Array(1),
  mediaType: 'image/png',
  width: 1,
  height: 1,
});

function receiver(onImage: (image: RenderedImage) => Promise<void> = async () => {}) {
  const progress: number[] = [];
  const { signal } = new AbortController();
  return {
    progress,
    context: { signal, onImage, onProgress: (part: number) => progress.push(part) },
  };
}

describe('a delivery', () => {
  it('adds up the progress of all images and ends at exactly 1', async () => {
    const { progress, context } = receiver();
    const delivery = new Delivery(3, context);

    delivery.progress(1, 0.5);
    delivery.progress(0, 0.9);
    delivery.progress(1, 0.2);
    for (const index of [2, 0, 1]) await delivery.handOver(image(index));

    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(new Set(progress).size).toBe(progress.length);
    expect(progress.at(-1)).toBe(1);
  });

  it('hands over one image at a time', async () => {
    let open = 0;
    let most = 0;
    const { context } = receiver(async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 2));
      open -= 1;
    });
    const delivery = new Delivery(4, context);

    await Promise.all([0, 1, 2, 3].map((index) => delivery.handOver(image(index))));

    expect(most).toBe(1);
  });

  it('passes on what the receiver throws, to the image it belongs to only', async () => {
    const { context } = receiver(async ({ index }) => {
      if (index === 0) throw new Error('disk full');
    });
    const delivery = new Delivery(2, context);

    const both = await Promise.allSettled([
      delivery.handOver(image(0)),
      delivery.handOver(image(1)),
    ]);

    expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  it('keeps back what waits when the rendering is cancelled', async () => {
    const abort = new AbortController();
    const taken: number[] = [];
    const { context } = receiver(async ({ index }) => {
      taken.push(index);
      abort.abort();
    });
    const delivery = new Delivery(2, { ...context, signal: abort.signal });

    const [, second] = await Promise.allSettled(
      [0, 1].map((index) => delivery.handOver(image(index))),
    );

    expect(taken).toEqual([0]);
    expect(second).toMatchObject({ reason: { failureClass: 'cancelled' } });
  });

  it('counts images that are left out', () => {
    const { progress, context } = receiver();
    const delivery = new Delivery(2, context);

    delivery.skip(0);
    delivery.skip(1);

    expect(progress).toEqual([0.5, 1]);
  });
});
