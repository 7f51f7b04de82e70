import type { ImageMediaType } from '@imprest/application';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { markAiGenerated, readXmp } from './mark-ai-generated.js';
import { sampleImages } from './sample-images.fixtures.js';
import { UnreadableImage } from './unreadable-image.js';

const facts = { compositeWithReferences: false, generator: 'Imprest xSD4.5' };
const NEWS_CODES = 'http://cv.iptc.org/newscodes/digitalsourcetype';

const pixelsOf = async (bytes: Uint8Array) =>
  (await sharp(bytes).ensureAlpha().raw().toBuffer()).toString('base64');

const packetSeenBySharp = async (bytes: Uint8Array) =>
  (await sharp(bytes).metadata()).xmp?.toString('utf8');

describe.each(sampleImages)('marking $name', ({ mediaType, make }) => {
  it('keeps every pixel and lets other readers see the packet', async () => {
    const original = await make();

    const marked = markAiGenerated(original, mediaType, facts);

    expect(await pixelsOf(marked)).toBe(await pixelsOf(original));
    const packet = await packetSeenBySharp(marked);
    expect(packet).toContain(`DigitalSourceType="${NEWS_CODES}/trainedAlgorithmicMedia"`);
    expect(packet).toContain('xmp:CreatorTool="Imprest xSD4.5"');
    expect(readXmp(marked, mediaType)).toBe(packet);
  });

  it('replaces a packet that is there already', async () => {
    const once = markAiGenerated(await make(), mediaType, { ...facts, generator: 'earlier tool' });

    const twice = markAiGenerated(once, mediaType, {
      compositeWithReferences: true,
      generator: 'later tool',
      assetId: 'ast_7',
    });

    const file = Buffer.from(twice).toString('latin1');
    expect(file).not.toContain('earlier tool');
    expect(file.split('DigitalSourceType=')).toHaveLength(2);
    expect(readXmp(twice, mediaType)).toContain(
      `${NEWS_CODES}/compositeWithTrainedAlgorithmicMedia`,
    );
    expect(readXmp(twice, mediaType)).toContain('dc:identifier="ast_7"');
  });

  it('reads and replaces a packet that another tool wrote', async () => {
    const foreign = await sharp(await make())
      .keepMetadata()
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .toBuffer();
    expect(readXmp(foreign, mediaType)).toContain('x:xmpmeta');

    const marked = markAiGenerated(foreign, mediaType, facts);

    expect(await packetSeenBySharp(marked)).toBe(readXmp(marked, mediaType));
    expect(readXmp(marked, mediaType)).toContain('trainedAlgorithmicMedia');
  });

  it('is refused under another media type', async () => {
    const original = await make();
    const other: ImageMediaType = mediaType === 'image/png' ? 'image/jpeg' : 'image/png';

    expect(() => markAiGenerated(original, other, facts)).toThrow(UnreadableImage);
    expect(() => readXmp(original, other)).toThrow(/declared as/);
  });

  it('throws nothing but UnreadableImage for damaged files', async () => {
    const original = await make();

    fc.assert(
      fc.property(damaged(original), (bytes) => {
        try {
          readXmp(markAiGenerated(bytes, mediaType, facts), mediaType);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableImage);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the packet', () => {
  it('escapes what the caller says, so that it stays well-formed XML', async () => {
    const [sample] = sampleImages;
    const original = await sample.make();

    const marked = markAiGenerated(original, sample.mediaType, {
      ...facts,
      generator: 'a "b" <c> & d\u0000é',
    });

    expect(readXmp(marked, sample.mediaType)).toContain(
      'xmp:CreatorTool="a &quot;b&quot; &lt;c&gt; &amp; d é"',
    );
  });

  it('refuses a text over 512 characters', async () => {
    const [sample] = sampleImages;
    const original = await sample.make();

    expect(() =>
      markAiGenerated(original, sample.mediaType, { ...facts, generator: 'x'.repeat(513) }),
    ).toThrow('generator has 513 characters, at most 512');
  });

  it('is absent from a file nobody marked', async () => {
    for (const { mediaType, make } of sampleImages) {
      expect(readXmp(await make(), mediaType)).toBeUndefined();
    }
  });
});

/** The file with some bytes overwritten and its end cut off. */
function damaged(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const nearStart = fc.integer({ min: 0, max: Math.min(original.length, 600) - 1 });
  const edits = fc.array(fc.tuple(nearStart, fc.integer({ min: 0, max: 255 })), { maxLength: 6 });
  const length = fc.oneof(
    fc.constant(original.length),
    fc.integer({ min: 0, max: original.length }),
  );
  return fc.tuple(edits, length).map(([changes, end]) => {
    const bytes = Uint8Array.from(original.subarray(0, end));
    for (const [offset, value] of changes) if (offset < end) bytes[offset] = value;
    return bytes;
  });
}
