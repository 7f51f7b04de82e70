/**
 * An encrypted asset is a header followed by chunks, each chunk ciphertext | 16-byte tag:
 *
 *   offset  bytes  field (integers big-endian)
 *   0       4      "IMPA"
 *   4       1      format version, 1
 *   5       2      header length h, tag included
 *   7       4      plaintext bytes per chunk, 65536
 *   11      8      plaintext length
 *   19      7      nonce prefix, random
 *   26      1 + k  key id, ASCII
 *   27 + k  1 + m  media type, ASCII
 *   h - 16  16     tag over asset id and header
 *
 * Chunk i is AES-256-GCM with nonce = prefix | u32 i | last flag and with asset id and header as associated
 * data (the STREAM construction, Hoang, Reyhanitabar, Rogaway and Vizár 2015): a chunk that is moved,
 * dropped, taken from another asset or put under another header does not open.
 */
export interface AssetHeader {
  readonly keyId: string;
  readonly mediaType: string;
  /** Plaintext bytes. */
  readonly size: number;
  readonly noncePrefix: Uint8Array;
}

export const CHUNK_BYTES = 64 * 1024;
export const TAG_BYTES = 16;
export const NONCE_PREFIX_BYTES = 7;
/** Enough to read any header. */
export const MAX_HEADER_BYTES = 512;

const MAGIC = 'IMPA';
const VERSION = 1;
const FIXED_BYTES = 26;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Header bytes up to its tag. @throws RangeError when a field does not fit. */
export function encodeHeader(header: AssetHeader): Buffer {
  const keyId = shortAscii('key id', header.keyId, 100);
  const mediaType = shortAscii('media type', header.mediaType, 127);
  const fixed = Buffer.alloc(FIXED_BYTES);
  fixed.write(MAGIC, 'latin1');
  fixed.writeUInt8(VERSION, 4);
  fixed.writeUInt16BE(FIXED_BYTES + keyId.length + mediaType.length + TAG_BYTES, 5);
  fixed.writeUInt32BE(CHUNK_BYTES, 7);
  fixed.writeBigUInt64BE(BigInt(header.size), 11);
  fixed.set(header.noncePrefix, 19);
  return Buffer.concat([fixed, keyId, mediaType]);
}

/** What the head of a blob claims, not verified yet; undefined when it is no header of this version. */
export function parseHeader(
  head: Buffer,
): { readonly header: AssetHeader; readonly encoded: Buffer; readonly tag: Buffer } | undefined {
  if (head.length < FIXED_BYTES + 2 + TAG_BYTES) return undefined;
  if (head.toString('latin1', 0, 4) !== MAGIC || head.readUInt8(4) !== VERSION) return undefined;
  const length = head.readUInt16BE(5);
  const size = head.readBigUInt64BE(11);
  if (length > head.length || head.readUInt32BE(7) !== CHUNK_BYTES) return undefined;
  if (size > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const encoded = head.subarray(0, length - TAG_BYTES);
  const keyIdEnd = FIXED_BYTES + 1 + head.readUInt8(FIXED_BYTES);
  const mediaTypeEnd = keyIdEnd + 1 + (keyIdEnd < encoded.length ? head.readUInt8(keyIdEnd) : 0);
  if (mediaTypeEnd !== encoded.length) return undefined;
  const header = {
    keyId: head.toString('latin1', FIXED_BYTES + 1, keyIdEnd),
    mediaType: head.toString('latin1', keyIdEnd + 1, mediaTypeEnd),
    size: Number(size),
    noncePrefix: head.subarray(19, 19 + NONCE_PREFIX_BYTES),
  };
  return { header, encoded, tag: head.subarray(length - TAG_BYTES, length) };
}

/** An empty asset has one chunk of no bytes, so that its end is proved as well. */
export function chunkCount(size: number): number {
  return Math.max(1, Math.ceil(size / CHUNK_BYTES));
}

/** Bytes of the whole blob. */
export function blobLength(size: number, headerLength: number): number {
  return headerLength + size + chunkCount(size) * TAG_BYTES;
}

function shortAscii(field: string, text: string, limit: number): Buffer {
  if (text.length > limit || !PRINTABLE_ASCII.test(text)) {
    throw new RangeError(`${field} of an asset is at most ${limit} printable ASCII characters`);
  }
  return Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')]);
}
