import { type Hash, sha256 } from '../canonical/hashes.js';
import { NODE } from '../canonical/record-leaf.js';

const pair = Buffer.allocUnsafeSlow(65);
pair[0] = NODE;

/** Hash of an inner node (RFC 6962, section 2.1). */
export function nodeHash(left: Hash, right: Hash): Hash {
  pair.set(left, 1);
  pair.set(right, 33);
  return sha256(pair);
}

/** Root of a tree without leaves (RFC 6962, section 2.1). */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array());
