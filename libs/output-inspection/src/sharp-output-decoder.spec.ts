import { type OutputHeader, UnreadableOutput } from '@imprest/application';
import { sniffOutput } from '@imprest/provenance-marking';
import { sampleMp4 } from '@imprest/testkit';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { SharpOutputDecoder } from './sharp-output-decoder.js';

const decoder = new SharpOutputDecoder();
const [WIDTH, HEIGHT] = [640, 360];

function picture(format: 'png' | 'jpeg' | 'webp', width = WIDTH, height = HEIGHT) {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#7a8694', noise } })
    .toFormat(format)
    .toBuffer();
}

/** Frames of different greys, a tenth of a second each. */
function animation(frames: number): Promise<Buffer> {
  const size = 64 * 48 * 3;
  const pixels = Uint8Array.from({ length: size * frames }, (_, at) => 20 + 40 * ((at / size) | 0));
  const raw = { width: 64, height: 48 * frames, channels: 3, pageHeight: 48 } as const;
  return sharp(pixels, { raw })
    .webp({ delay: Array.from({ length: frames }, () => 100) })
    .toBuffer();
}

const headerOf = (bytes: Uint8Array): OutputHeader => sniffOutput(bytes) as OutputHeader;
const decode = (bytes: Uint8Array, header = headerOf(bytes), most = 1) =>
  decoder.decode(bytes, header, most);

describe.each(['png', 'jpeg', 'webp'] as const)('a still %s', (format) => {
  it('is decoded to its last pixel and gets a small WebP', async () => {
    const { thumbnail, ...found } = await decode(await picture(format));

    expect(found).toEqual({ frames: 1, durationMs: 0 });
    expect(thumbnail).toMatchObject({ mediaType: 'image/webp', width: 512, height: 288 });
    expect(sniffOutput(thumbnail?.bytes ?? new Uint8Array())).toMatchObject({ width: 512 });
  });

  it('whose pixels end early is unreadable', async () => {
    const bytes = await picture(format);
    const header = headerOf(bytes);

    await expect(decode(bytes.subarray(0, bytes.length * 0.7), header)).rejects.toThrow(
      UnreadableOutput,
    );
  });

  it('of another size than its header was read to have is unreadable', async () => {
    const bytes = await picture(format);

    await expect(decode(bytes, { ...headerOf(bytes), width: 4_096 })).rejects.toThrow(
      'its header names 4096x360, its pixels are 640x360',
    );
  });
});

describe('a still', () => {
  it('with damaged pixels is unreadable', async () => {
    const bytes = await picture('png');
    const middle = Math.floor(bytes.length / 2);
    bytes.fill(0x5a, middle, middle + 200);

    await expect(decode(bytes)).rejects.toThrow('it cannot be decoded');
  });

  it('smaller than a thumbnail is not made larger', async () => {
    const { thumbnail } = await decode(await picture('png', 32, 16));

    expect(thumbnail).toMatchObject({ width: 32, height: 16 });
  });

  it('is shown to classifiers as one picture of 1,024 pixels at most', async () => {
    const bytes = await picture('jpeg', 2_000, 500);

    const pictures = await decoder.pictures(bytes, headerOf(bytes));

    expect(pictures.map(({ width, height }) => [width, height])).toEqual([[1_024, 256]]);
  });
});

describe('an animation', () => {
  it('has frames and a duration, and the thumbnail of its first frame', async () => {
    const bytes = await animation(5);

    const { thumbnail, ...found } = await decode(bytes, headerOf(bytes), 5);

    expect(found).toEqual({ frames: 5, durationMs: 500 });
    const { data } = await sharp(thumbnail?.bytes).raw().toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeLessThan(30);
  });

  it('of more frames than were ordered is refused before they are decoded', async () => {
    const bytes = await animation(5);

    await expect(decode(bytes, headerOf(bytes), 4)).rejects.toThrow('5 frames, 4 at most');
  });

  it('is shown to classifiers from its first frame to its last', async () => {
    const bytes = await animation(6);

    const pictures = await decoder.pictures(bytes, headerOf(bytes));

    const greys = await Promise.all(
      pictures.map(async ({ bytes: small }) => (await sharp(small).raw().toBuffer())[0] ?? 0),
    );
    expect(greys).toHaveLength(4);
    expect(greys[0]).toBeLessThan(30);
    expect(greys.at(-1)).toBeGreaterThan(200);
  });
});

describe('an MP4', () => {
  it('is followed through its tables; it has no thumbnail and nothing to show', async () => {
    const bytes = sampleMp4({ width: 64, height: 32, frames: 80, framesPerSecond: 16 });

    expect(await decode(bytes, headerOf(bytes), 100)).toEqual({
      frames: 80,
      durationMs: 5_000,
      thumbnail: null,
    });
    expect(await decoder.pictures(bytes, headerOf(bytes))).toEqual([]);
    await expect(decode(bytes, headerOf(bytes), 79)).rejects.toThrow('80 frames, 79 at most');
  });

  it('whose tables lead nowhere is unreadable', async () => {
    const bytes = sampleMp4({ width: 64, height: 32, chunkAt: 4_000 });

    await expect(decode(bytes, headerOf(bytes), 100)).rejects.toThrow(UnreadableOutput);
  });
});
