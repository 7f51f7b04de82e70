import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { SAMPLE_SIZE, sampleImages } from './sample-images.fixtures.js';
import { sniffImage } from './sniff-image.js';

const still = () => sharp({ create: { width: 8, height: 4, channels: 3, background: '#336699' } });

const animated = (format: 'gif' | 'webp') =>
  sharp(
    [
      { create: { width: 8, height: 4, channels: 3 as const, background: '#336699' } },
      { create: { width: 8, height: 4, channels: 3 as const, background: '#996633' } },
    ] as never,
    { join: { animated: true } },
  )
    .toFormat(format)
    .toBuffer();

/** The bytes of a PNG with an animation control chunk put before its image data. */
function animatedPng(png: Uint8Array): Uint8Array {
  const at = Buffer.from(png).indexOf('IDAT') - 4;
  const chunk = Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from('acTL'), Buffer.alloc(12)]);
  return Buffer.concat([png.subarray(0, at), chunk, png.subarray(at)]);
}

function withSize(png: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

describe('sniffing', () => {
  it.each(sampleImages)('knows $name with its size', async ({ mediaType, make }) => {
    expect(sniffImage(await make())).toEqual({ mediaType, ...SAMPLE_SIZE });
  });

  it('refuses moving pictures', async () => {
    expect(sniffImage(await animated('gif'))).toBeUndefined();
    expect(sniffImage(await animated('webp'))).toBeUndefined();
    expect(sniffImage(animatedPng(await still().png().toBuffer()))).toBeUndefined();
  });

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>'],
    ['HTML', '<!doctype html><img src=x>'],
    ['PDF', '%PDF-1.7'],
    ['nothing', ''],
  ])('refuses %s', (_name, text) => {
    expect(sniffImage(Buffer.from(text))).toBeUndefined();
  });

  it('refuses other raster formats', async () => {
    expect(sniffImage(await still().tiff().toBuffer())).toBeUndefined();
    expect(sniffImage(await still().gif().toBuffer())).toBeUndefined();
    expect(sniffImage(await still().avif().toBuffer())).toBeUndefined();
  });

  it.each([
    [0, 4],
    [4, 0],
    [65_536, 1],
    [16_384, 16_385],
    [0xffffffff, 0xffffffff],
  ])('refuses a PNG that claims %dx%d pixels', async (width, height) => {
    expect(sniffImage(withSize(await still().png().toBuffer(), width, height))).toBeUndefined();
  });

  it('accepts the largest size that is read', async () => {
    const bytes = withSize(await still().png().toBuffer(), 16_383, 16_383);

    expect(sniffImage(bytes)).toMatchObject({ width: 16_383, height: 16_383 });
  });

  it('refuses a WebP whose canvas and image differ', async () => {
    const bytes = Buffer.from(
      await sharp(await still().webp().toBuffer())
        .withXmp('<x/>')
        .webp()
        .toBuffer(),
    );
    bytes.writeUInt16LE(8, bytes.indexOf('VP8X') + 12);

    expect(sniffImage(bytes)).toBeUndefined();
  });

  it('never throws, whatever the bytes', () => {
    const starts = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'RIFF\x40\0\0\0WEBPVP8X', ''];
    const start = fc.constantFrom(...starts).map((text) => Buffer.from(text, 'latin1'));

    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 400 }), (head, tail) => {
        sniffImage(Buffer.concat([head, tail]));
      }),
      { numRuns: 3_000 },
    );
  });

  it('reads a view into a larger buffer', async () => {
    const png = await still().png().toBuffer();
    const padded = Buffer.concat([Buffer.alloc(5), png]);

    expect(sniffImage(padded.subarray(5))).toMatchObject({ width: 8, height: 4 });
  });
});
