import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ClipTask } from './clip-task.js';
import { renderClip } from './render-clip.js';

const control = { checkpoint: () => {}, onProgress: () => {} };
const flat = { create: { width: 90, height: 60, channels: 3, background: '#336699' } } as const;
/** Black on the left, white on the right. */
const halves = () => {
  const pixels = Uint8Array.from({ length: 96 * 64 }, (_, at) => (at % 96 < 48 ? 0 : 255));
  return sharp(pixels, { raw: { width: 96, height: 64, channels: 1 } })
    .png()
    .toBuffer();
};

async function task(change: Partial<ClipTask> = {}): Promise<ClipTask> {
  const base = { prompt: 'pan right', seed: 1, width: 96, height: 64, frames: 5 };
  const form = { framesPerSecond: 5, watermark: false, encoding: 'frames' } as const;
  return { kind: 'clip', ...base, ...form, source: await halves(), ...change };
}

describe('a clip', () => {
  it('shows what the camera sees: panning right, more and more of the right half', async () => {
    const frames = await renderClip(await task(), control);
    const bytes = 96 * 64 * 3;
    const means = Array.from({ length: 5 }, (_, index) => {
      const frame = frames.subarray(index * bytes, (index + 1) * bytes);
      return frame.reduce((sum, value) => sum + value, 0) / bytes;
    });

    expect(frames).toHaveLength(bytes * 5);
    expect(means).toEqual([...means].sort((one, other) => one - other));
    expect((means[4] ?? 0) - (means[0] ?? 0)).toBeGreaterThan(40);
  });

  it('is an animation of that many frames', async () => {
    const webp = await renderClip(await task({ encoding: 'webp' }), control);

    const metadata = await sharp(webp, { pages: -1 }).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 96, pageHeight: 64, pages: 5 });
    expect(metadata.delay).toEqual([200, 200, 200, 200, 200]);
  });

  it('moves even where the picture is the same everywhere', async () => {
    const source = await sharp(flat).png().toBuffer();

    const webp = await renderClip(await task({ source, encoding: 'webp' }), control);

    expect((await sharp(webp, { pages: -1 }).metadata()).pages).toBeGreaterThan(1);
  });

  it('carries the mark that says who made it in every frame', async () => {
    const source = await sharp(flat).png().toBuffer();
    const size = { width: 240, height: 160, frames: 2, source };
    const plain = await renderClip(await task(size), control);
    const marked = await renderClip(await task({ ...size, watermark: true }), control);

    const bytes = 240 * 160 * 3;
    for (const frame of [0, 1]) {
      const part = (all: Uint8Array) => all.subarray(frame * bytes, (frame + 1) * bytes);
      expect(part(marked)).not.toEqual(part(plain));
    }
  });

  it('cannot be made of what is no image', async () => {
    const broken = await task({ source: Buffer.from('<svg/>') });

    await expect(renderClip(broken, control)).rejects.toThrow('the source image cannot be decoded');
  });
});
