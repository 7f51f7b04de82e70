import { HASH_BYTES, type Hash, sha256, sha256Into } from '../canonical/hashes.js';
import { NODE } from '../canonical/record-leaf.js';

const pair = Buffer.allocUnsafeSlow(65);
pair[0] = NODE;

/** Hash of an inner node (RFC 6962, section 2.1). */
export function nodeHash(left: Hash, right: Hash): Hash {
  pair.set(left, 1);
  pair.set(right, 33);
  return sha256(pair);
}

/**
 * Root over leaves that lie one after the other. A node without a right sibling moves up as it is, which makes
 * the tree of RFC 6962.
 */
export function packedRoot(leaves: Buffer): Hash {
  if (leaves.length === 0) return EMPTY_ROOT;
  const nodes = Buffer.from(leaves);
  let end = nodes.length;
  while (end > HASH_BYTES) {
    let next = 0;
    for (let at = 0; at < end; at += 2 * HASH_BYTES, next += HASH_BYTES) {
      if (at + HASH_BYTES === end) {
        nodes.copy(nodes, next, at, end);
      } else {
        pair.set(nodes.subarray(at, at + 2 * HASH_BYTES), 1);
        sha256Into(pair, nodes, next);
      }
    }
    end = next;
  }
  return nodes.subarray(0, HASH_BYTES);
}

/** Root of a tree without leaves (RFC 6962, section 2.1). */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array());
