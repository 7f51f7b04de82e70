import type { RenderedImage, RenderRequest } from '@imprest/application';
import { stubClip, stubPicture } from '@imprest/testkit/providers';
import sharp, { type Region } from 'sharp';
import { describe, expect, it } from 'vitest';
import { Handover } from './handover.js';
import { sizeInMultiples } from './picture-size.js';

const request: RenderRequest = {
  ...{ jobId: 'job-1', attempt: 1, model: 'm', prompt: 'a lake', seed: 1, images: 2 },
  ...{ width: 40, height: 30, sequential: false, guidanceScale: 7, watermark: false },
  ...{ mediaType: 'image/png', references: [] },
};
const clip = { durationSeconds: 1, framesPerSecond: 8, mediaTypes: ['video/mp4'] } as const;

function handing(change: Partial<RenderRequest> = {}, made?: { width: number; height: number }) {
  const received: RenderedImage[] = [];
  const progress: number[] = [];
  const abort = new AbortController();
  const context = {
    signal: abort.signal,
    onProgress: (fraction: number) => void progress.push(fraction),
    onImage: async (image: RenderedImage) => void received.push(image),
  };
  const handover = new Handover({ ...request, ...change }, context, made);
  return { handover, received, progress, abort };
}

const picture = (seed: number, width = 40, height = 30) => stubPicture({ width, height, seed });

describe('what a server made', () => {
  it('is handed over once, and no more than was ordered', async () => {
    const { handover, received, progress } = handing();
    for (const seed of [1, 1, 2, 3]) await handover.add(await picture(seed));
    handover.end();

    expect(received.map(({ index }) => index)).toEqual([0, 1]);
    expect(Buffer.from(received[1]?.bytes ?? [])).toEqual(await picture(2));
    expect(progress).toEqual([0.5, 1]);
  });

  it('may be fewer than ordered, not nothing', async () => {
    const { handover, progress } = handing();
    expect(() => handover.end()).toThrow('the model made nothing');
    await handover.add(await picture(1));
    handover.end();

    expect(progress).toEqual([0.5, 1]);
  });

  it('becomes the type that was ordered', async () => {
    const { handover, received } = handing({ mediaType: 'image/webp' });
    await handover.add(await picture(1));

    expect(received[0]?.mediaType).toBe('image/webp');
    const metadata = await sharp(received[0]?.bytes).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 40, height: 30 });
  });

  it('loses the margin of a size in multiples, evenly', async () => {
    const made = sizeInMultiples(request, 16);
    expect(made).toEqual({ width: 48, height: 32 });
    const whole = await picture(1, 48, 32);
    const { handover, received } = handing({}, made);
    await handover.add(whole);

    const middle = sharp(whole).extract({ left: 4, top: 1, width: 40, height: 30 });
    expect(await sharp(received[0]?.bytes).raw().toBuffer()).toEqual(await middle.raw().toBuffer());
  });

  it('bears a watermark in its corner when one was ordered', async () => {
    const size = { width: 460, height: 300 };
    const plain = handing({ ...size });
    const marked = handing({ ...size, watermark: true });
    const grey = { create: { ...size, channels: 4, background: '#646464' } } as const;
    const made = await sharp(grey).png().toBuffer();
    await plain.handover.add(made);
    await marked.handover.add(made);

    const valuesOf = async (image: RenderedImage | undefined, part: Region) =>
      new Set(await sharp(image?.bytes).removeAlpha().extract(part).raw().toBuffer());
    const corner = { left: 340, top: 280, width: 120, height: 20 };
    const rest = { left: 0, top: 0, width: 330, height: 270 };
    expect([...(await valuesOf(plain.received[0], corner))]).toEqual([100]);
    expect((await valuesOf(marked.received[0], corner)).size).toBeGreaterThan(2);
    expect([...(await valuesOf(marked.received[0], rest))]).toEqual([100]);
  });

  it.each([
    ['another size', () => picture(1, 41, 30), 'the model made 41x30 instead of 40x30 pixels'],
    ['no picture', async () => Buffer.from('GIF89a'), 'the model made no PNG, JPEG or WebP image'],
    ['a clip', async () => stubClip({ width: 40, height: 30, seed: 1 }), 'the model made no PNG'],
  ])('is refused when it is %s', async (_what, make, message) => {
    const { handover, received } = handing();

    await expect(handover.add(await make())).rejects.toThrow(message);
    expect(received).toEqual([]);
  });

  it('is a clip when one was ordered', async () => {
    const { handover, received } = handing({ clip });
    await handover.add(stubClip({ width: 40, height: 30, seed: 1 }));
    expect(received).toMatchObject([{ index: 0, mediaType: 'video/mp4', width: 40 }]);

    const still = handing({ clip }).handover.add(await picture(1));
    await expect(still).rejects.toThrow('the model made no video/mp4 clip');
    const wide = handing({ clip }).handover.add(stubClip({ width: 48, height: 30, seed: 1 }));
    await expect(wide).rejects.toThrow('a clip of 48x30 instead of 40x30 pixels');
  });

  it('is nobody’s any more after a cancellation', async () => {
    const { handover, received, abort } = handing();
    abort.abort();

    await expect(handover.add(await picture(1))).rejects.toMatchObject({
      failureClass: 'cancelled',
    });
    expect(received).toEqual([]);
  });
});
