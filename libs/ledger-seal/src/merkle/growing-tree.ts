import type { Hash } from '../canonical/hashes.js';
import { EMPTY_ROOT, nodeHash } from './merkle-hash.js';

/**
 * The Merkle tree of RFC 6962 over leaves that come one after the other. It keeps the roots of its full
 * subtrees only: as many hashes as the number of leaves has binary ones.
 */
export class GrowingTree {
  private readonly roots: Hash[] = [];
  size = 0;

  append(leaf: Hash): void {
    let root = leaf;
    for (let full = this.size; full % 2 === 1; full = Math.floor(full / 2)) {
      root = nodeHash(this.roots.pop() as Hash, root);
    }
    this.roots.push(root);
    this.size += 1;
  }

  root(): Hash {
    let root: Hash | undefined;
    for (const left of [...this.roots].reverse()) {
      root = root === undefined ? left : nodeHash(left, root);
    }
    return root ?? EMPTY_ROOT;
  }
}

export function merkleRoot(leaves: Iterable<Hash>): Hash {
  const tree = new GrowingTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
}
