/** One box of an ISO base media file. */
export function box(type: string, ...body: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.reduce((length, part) => length + part.length, 0));
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...body]);
}

/** A track header of version 0; a sound track has no size. */
function trackHeader(width: number, height: number): Buffer {
  const body = Buffer.alloc(84);
  body.writeUInt32BE(width * 0x10000, 76);
  body.writeUInt32BE(height * 0x10000, 80);
  return box('tkhd', body);
}

/** The boxes of an MP4 of one sound and one picture track, without anything that could be played. */
export function sampleMp4({ width, height }: { width: number; height: number }): Buffer {
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomavc1', 'latin1')),
    box('moov', box('trak', trackHeader(0, 0)), box('trak', trackHeader(width, height))),
    box('mdat', Buffer.alloc(40, 7)),
  ]);
}
