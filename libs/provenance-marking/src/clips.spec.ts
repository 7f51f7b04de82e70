import { mp4Box, sampleMp4 } from '@imprest/testkit';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { markAiGenerated, readXmp } from './mark-ai-generated.js';
import { mp4Clip } from './mp4-clip.js';
import { sniffImage, sniffOutput } from './sniff-image.js';
import { UnreadableImage } from './unreadable-image.js';

const facts = { compositeWithReferences: false, generator: 'Imprest, model motion-1' };
const size = { width: 16, height: 8 };

function animation(): Promise<Uint8Array> {
  const pixels = Uint8Array.from({ length: 16 * 8 * 3 * 2 }, (_, at) => (at < 384 ? 20 : 220));
  const raw = { width: 16, height: 16, channels: 3, pageHeight: 8 } as const;
  return sharp(pixels, { raw })
    .webp({ delay: [100, 100] })
    .toBuffer();
}

const clips = [
  ['image/webp', animation],
  ['video/mp4', async () => sampleMp4(size)],
] as const;

describe.each(clips)('a clip as %s', (mediaType, make) => {
  it('is known with its size, and is no still image', async () => {
    const bytes = await make();
    expect(sniffOutput(bytes)).toEqual({ mediaType, moves: true, ...size });
    expect(sniffImage(bytes)).toBeUndefined();
  });

  it('says that an AI made it, once, however often it is marked', async () => {
    const once = markAiGenerated(await make(), mediaType, { ...facts, generator: 'earlier' });
    const twice = markAiGenerated(once, mediaType, facts);
    expect(readXmp(await make(), mediaType)).toBeUndefined();
    expect(readXmp(twice, mediaType)).toContain('trainedAlgorithmicMedia');
    expect(readXmp(twice, mediaType)).toContain('Imprest, model motion-1');
    expect(sniffOutput(twice)).toEqual({ mediaType, moves: true, ...size });
  });

  it('that is cut short or altered is never more than unreadable', async () => {
    const bytes = await make();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
        const broken = cut ? bytes.slice(0, at) : Uint8Array.from(bytes);
        if (!cut) broken[at] = value;
        try {
          markAiGenerated(broken, mediaType, facts);
          if (mediaType === 'video/mp4') mp4Clip(broken);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableImage);
        }
        sniffOutput(broken);
      }),
    );
  });
});

it('an animation keeps its frames when it is marked', async () => {
  const marked = markAiGenerated(await animation(), 'image/webp', facts);
  const pixels = (bytes: Uint8Array) => sharp(bytes, { pages: -1 }).raw().toBuffer();
  expect(await pixels(marked)).toEqual(await pixels(await animation()));
});

it('a movie keeps its samples where its tracks say they are', () => {
  const plain = sampleMp4(size);
  const marked = markAiGenerated(plain, 'video/mp4', facts);
  expect(Buffer.from(marked.subarray(0, plain.length))).toEqual(plain);
});

it.each([
  ['shows nothing', sampleMp4({ width: 0, height: 8 })],
  [
    'has no movie',
    Buffer.concat([mp4Box('ftyp', Buffer.from('isom')), mp4Box('mdat', Buffer.alloc(4))]),
  ],
  ['has a box of no end', Buffer.concat([sampleMp4(size), Buffer.from('00000000free', 'latin1')])],
])('an MP4 that %s is refused', (_, bytes) => {
  expect(sniffOutput(bytes)).toBeUndefined();
});

it('a movie is as long, and has as many frames, as its tables say', () => {
  const clip = mp4Clip(sampleMp4({ ...size, frames: 80, framesPerSecond: 16 }));

  expect(clip).toEqual({ frames: 80, durationMs: 5_000 });
});

it.each([
  ['whose samples lie outside of its media data', { chunkAt: 40 }, 'outside of its media data'],
  ['that comes in fragments', { more: [mp4Box('mvex')] }, 'fragmented'],
  ['whose time has no unit', { framesPerSecond: 0 }, 'counts time in nothing'],
])('a movie %s is refused', (_, change, rule) => {
  expect(() => mp4Clip(sampleMp4({ ...size, ...change }))).toThrow(rule);
});
