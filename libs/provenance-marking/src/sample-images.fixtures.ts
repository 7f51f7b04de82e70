import type { ImageMediaType } from '@imprest/application';
import sharp, { type Sharp } from 'sharp';

interface SampleImage {
  readonly name: string;
  readonly mediaType: ImageMediaType;
  readonly make: () => Promise<Uint8Array>;
}

const WIDTH = 37;
const HEIGHT = 23;

/** A gradient of odd size, so that padding and rounding show. */
function gradient(channels: 3 | 4): Sharp {
  const pixels = new Uint8Array(WIDTH * HEIGHT * channels);
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = (index * 7) % 256;
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels } });
}

const png = (name: string, make: () => Promise<Uint8Array>): SampleImage => ({
  name,
  mediaType: 'image/png',
  make,
});
const jpeg = (name: string, make: () => Promise<Uint8Array>): SampleImage => ({
  name,
  mediaType: 'image/jpeg',
  make,
});
const webp = (name: string, make: () => Promise<Uint8Array>): SampleImage => ({
  name,
  mediaType: 'image/webp',
  make,
});
const exif = { IFD0: { Copyright: 'nobody' } };

export const SAMPLE_SIZE = { width: WIDTH, height: HEIGHT };

export const sampleImages: readonly [SampleImage, ...SampleImage[]] = [
  png('PNG', () => gradient(3).png().toBuffer()),
  png('PNG with alpha', () => gradient(4).png().toBuffer()),
  png('PNG with a palette', () => gradient(3).png({ palette: true }).toBuffer()),
  png('PNG with a colour profile', () => gradient(3).withIccProfile('p3').png().toBuffer()),
  jpeg('JPEG', () => gradient(3).jpeg().toBuffer()),
  jpeg('progressive JPEG', () => gradient(3).jpeg({ progressive: true }).toBuffer()),
  jpeg('JPEG with Exif', () => gradient(3).withExif(exif).jpeg().toBuffer()),
  webp('lossy WebP', () => gradient(3).webp().toBuffer()),
  webp('lossy WebP with alpha', () => gradient(4).webp().toBuffer()),
  webp('lossless WebP', () => gradient(3).webp({ lossless: true }).toBuffer()),
  webp('lossless WebP with alpha', () => gradient(4).webp({ lossless: true }).toBuffer()),
  webp('WebP with Exif', () => gradient(3).withExif(exif).webp().toBuffer()),
];
