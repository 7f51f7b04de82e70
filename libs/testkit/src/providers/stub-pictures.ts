import sharp from 'sharp';

export interface StubPicture {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly format?: 'png' | 'jpeg' | 'webp';
}

/** A picture whose pixels follow from its seed: two halves of colours, with noise that no file is short of. */
export async function stubPicture({
  width,
  height,
  seed,
  format = 'png',
}: StubPicture): Promise<Buffer> {
  return sharp(stubPixels(width, height, seed), { raw: { width, height, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

/** An animated WebP whose frames follow from its seed. */
export async function stubAnimation(
  { width, height, seed }: StubPicture,
  frames: number,
  framesPerSecond: number,
): Promise<Buffer> {
  const pixels = Buffer.concat(
    Array.from({ length: frames }, (_, frame) => stubPixels(width, height, seed + frame)),
  );
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const;
  const delay = Array<number>(frames).fill(Math.round(1_000 / framesPerSecond));
  return sharp(pixels, { raw }).webp({ loop: 0, delay }).toBuffer();
}

function stubPixels(width: number, height: number, seed: number): Buffer {
  const pixels = Buffer.alloc(width * height * 3);
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  for (let at = 0; at < pixels.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[at] = (at < pixels.length / 2 ? 60 : 120) + (seed % 40) + (state >>> 27);
  }
  return pixels;
}

/** The boxes of an MP4 of one picture track, without anything that could be played. */
export function stubClip({ width, height, seed }: StubPicture): Buffer {
  const track = Buffer.alloc(84);
  track.writeUInt32BE(width * 0x10000, 76);
  track.writeUInt32BE(height * 0x10000, 80);
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomavc1', 'latin1')),
    box('moov', box('trak', box('tkhd', track))),
    box('mdat', Buffer.alloc(400, seed % 256)),
  ]);
}

function box(type: string, body: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}
