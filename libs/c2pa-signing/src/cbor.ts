/** As much of CBOR (RFC 8949) as a COSE signature needs, in its deterministic encoding. */

/** @param major type, 0 to 7 (3.1) */
function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.of((major << 5) | argument);
  if (argument < 0x100) return Buffer.of((major << 5) | 24, argument);
  const bytes = Buffer.alloc(argument < 0x10000 ? 3 : 5);
  bytes[0] = (major << 5) | (bytes.length === 3 ? 25 : 26);
  bytes.writeUIntBE(argument, 1, bytes.length - 1);
  return bytes;
}

export const NULL = Buffer.of(0xf6);

export const integer = (value: number): Buffer =>
  value >= 0 ? head(0, value) : head(1, -1 - value);

export const byteString = (bytes: Uint8Array): Buffer =>
  Buffer.concat([head(2, bytes.length), bytes]);

export function textString(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([head(3, bytes.length), bytes]);
}

export const array = (...items: readonly Uint8Array[]): Buffer =>
  Buffer.concat([head(4, items.length), ...items]);

/** Keys in the order they are to stand in. */
export const map = (...pairs: readonly (readonly [Uint8Array, Uint8Array])[]): Buffer =>
  Buffer.concat([head(5, pairs.length), ...pairs.flat()]);

export const tagged = (tag: number, item: Uint8Array): Buffer =>
  Buffer.concat([head(6, tag), item]);
