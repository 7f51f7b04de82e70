/** 32-bit finaliser of MurmurHash3: every input bit reaches every output bit. */
export function mix32(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One 32-bit number for any mix of numbers and texts; order matters. */
export function hashOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    if (typeof part === 'number') {
      hash = mix32(hash ^ Math.trunc(part));
      hash = mix32(hash ^ Math.trunc(part / 0x1_0000_0000));
    } else {
      for (let index = 0; index < part.length; index += 1) {
        hash = Math.imul(hash ^ part.charCodeAt(index), 0x01000193);
      }
      hash = mix32(hash ^ part.length);
    }
  }
  return hash >>> 0;
}

/** 0 to 1, the same for the same parts. */
export const fractionOf = (...parts: readonly (string | number)[]): number =>
  hashOf(...parts) / 0x1_0000_0000;
