/** One box of an ISO base media file. */
export function mp4Box(type: string, ...body: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.reduce((length, part) => length + part.length, 0));
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...body]);
}

export interface SampleMp4 {
  readonly width: number;
  readonly height: number;
  readonly frames?: number;
  readonly framesPerSecond?: number;
  /** Where the only chunk is said to begin, from the start of the media data. */
  readonly chunkAt?: number;
  /** Boxes that stand at the end of the movie box. */
  readonly more?: readonly Uint8Array[];
}

const words = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4);
  return bytes;
};

/** A track header of version 0; a sound track has no size. */
function trackHeader(width: number, height: number): Buffer {
  const body = Buffer.alloc(84);
  body.writeUInt32BE(width * 0x10000, 76);
  body.writeUInt32BE(height * 0x10000, 80);
  return mp4Box('tkhd', body);
}

function track(kind: 'vide' | 'soun', sample: Required<Omit<SampleMp4, 'more'>>): Buffer {
  const { width, height, frames, framesPerSecond, chunkAt } = sample;
  const size = kind === 'vide' ? ([width, height] as const) : ([0, 0] as const);
  const tables = mp4Box(
    'stbl',
    mp4Box('stsz', words(0, 0, frames), Buffer.alloc(frames * 4)),
    mp4Box('stco', words(0, 1, chunkAt)),
  );
  const media = mp4Box(
    'mdia',
    mp4Box('mdhd', words(0, 0, 0, framesPerSecond, frames, 0)),
    mp4Box('hdlr', words(0, 0), Buffer.from(kind, 'latin1'), words(0, 0, 0, 0)),
    mp4Box('minf', tables),
  );
  return mp4Box('trak', trackHeader(...size), media);
}

/** An MP4 of one sound and one picture track whose tables fit together; nothing in it can be played. */
export function sampleMp4(sample: SampleMp4): Buffer {
  const { frames = 80, framesPerSecond = 16, more = [] } = sample;
  const brand = mp4Box('ftyp', Buffer.from('isom\0\0\x02\0isomavc1', 'latin1'));
  const mediaData = mp4Box('mdat', Buffer.alloc(40, 7));
  const mediaAt = brand.length + 8;
  const chunkAt = mediaAt + (sample.chunkAt ?? 0);
  const facts = { ...sample, frames, framesPerSecond, chunkAt };
  const movie = mp4Box('moov', track('soun', facts), track('vide', facts), ...more);
  return Buffer.concat([brand, mediaData, movie]);
}
