import type { Hash } from '../canonical/hashes.js';
import { merkleRoot } from './growing-tree.js';
import { nodeHash } from './merkle-hash.js';

/**
 * The siblings on the way from a leaf to the root, the leaf's own first (RFC 6962, section 2.1.1).
 * @throws RangeError when there is no such leaf
 */
export function auditPath(index: number, leaves: readonly Hash[]): readonly Hash[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`a tree of ${leaves.length} leaves has none at ${index}`);
  }
  if (leaves.length === 1) return [];
  const split = largestPowerOfTwoBelow(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...auditPath(index, left), merkleRoot(right)]
    : [...auditPath(index - split, right), merkleRoot(left)];
}

function largestPowerOfTwoBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/**
 * The root that a leaf and its path lead to (RFC 9162, section 2.1.3.2), undefined when the path has
 * not the length of a path in a tree of that size.
 */
export function rootOfPath(
  leaf: Hash,
  index: number,
  size: number,
  path: readonly Hash[],
): Hash | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size)) return undefined;
  if (index < 0 || index >= size) return undefined;
  let [position, last] = [index, size - 1];
  let root = leaf;
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (position % 2 === 1 || position === last) {
      root = nodeHash(sibling, root);
      while (position % 2 === 0 && position !== 0) {
        [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
      }
    } else {
      root = nodeHash(root, sibling);
    }
    [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : undefined;
}
