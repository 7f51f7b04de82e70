import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffOutput } from './sniff-image.js';
import { withoutNotes } from './without-notes.js';

const NOTE = 'a workflow of the operator';
const FORMATS = { 'image/png': 'png', 'image/jpeg': 'jpeg', 'image/webp': 'webp' } as const;

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

/** A clip of one track, with a note in each place where encoders write one. */
function annotatedClip(): Buffer {
  const header = Buffer.alloc(84);
  header.writeUInt32BE(64 * 0x10000, 76);
  header.writeUInt32BE(48 * 0x10000, 80);
  const note = Buffer.from(NOTE);
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0')),
    box('moov', box('trak', box('tkhd', header), box('udta', note)), box('meta', note)),
    box('mdat', Buffer.alloc(16, 7)),
    box('udta', note),
  ]);
}

describe('a file without notes', () => {
  it.each(Object.entries(FORMATS))('is %s of the same pixels', async (mediaType, format) => {
    const pixels = { create: { width: 32, height: 24, channels: 3, background: '#7a9' } } as const;
    const made = await sharp(pixels)
      .withExif({ IFD0: { ImageDescription: NOTE } })
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>${NOTE}</note></x:xmpmeta>`)
      .toFormat(format)
      .toBuffer();
    expect(textOf(made)).toContain(NOTE);

    const kept = withoutNotes(made, mediaType as keyof typeof FORMATS);

    expect(textOf(kept)).not.toContain(NOTE);
    expect(await sharp(kept, { failOn: 'warning' }).raw().toBuffer()).toEqual(
      await sharp(made).raw().toBuffer(),
    );
  });

  it('keeps the frames of an animation', async () => {
    const raw = { width: 8, height: 16, channels: 3, pageHeight: 8 } as const;
    const pixels = Buffer.alloc(8 * 16 * 3).fill(90, 0, 8 * 8 * 3);
    const made = await sharp(pixels, { raw })
      .withExif({ IFD0: { ImageDescription: NOTE } })
      .webp({ delay: [100, 100] })
      .toBuffer();

    const kept = withoutNotes(made, 'image/webp');

    expect(textOf(kept)).not.toContain(NOTE);
    expect(await sharp(kept, { pages: -1 }).metadata()).toMatchObject({ pages: 2 });
  });

  it('is an MP4 whose samples stand where they stood', () => {
    const made = annotatedClip();

    const kept = withoutNotes(made, 'video/mp4');

    expect(textOf(kept)).not.toContain(NOTE);
    expect(kept).toHaveLength(made.length);
    expect(kept.indexOf(7)).toBe(made.indexOf(7));
    expect(sniffOutput(kept)).toEqual(sniffOutput(made));
  });
});
