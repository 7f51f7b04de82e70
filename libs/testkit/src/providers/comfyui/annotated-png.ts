import { crc32 } from 'node:zlib';

const BEFORE_DATA = 33;

/** A PNG with the workflow in a text chunk, as `SaveImage` writes it unless it is told not to. */
export function annotatedPng(png: Buffer, keyword: string, text: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, BEFORE_DATA), chunk, png.subarray(BEFORE_DATA)]);
}
