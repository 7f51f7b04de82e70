import type { Hash } from '../canonical/hashes.js';
import { EMPTY_ROOT, nodeHash } from './merkle-hash.js';

/**
 * The Merkle tree of RFC 6962 over leaves that change in place: only what lies above a changed leaf is
 * hashed again. A node without a right sibling moves up as it is, which makes the same tree.
 */
export class ChangingTree {
  /** Leaves first, the root's level last. */
  private readonly levels: Hash[][] = [[]];
  private readonly changed = new Set<number>();

  get size(): number {
    return (this.levels[0] as Hash[]).length;
  }

  /** @param index of a leaf, or the number of leaves for one more. @throws RangeError */
  set(index: number, leaf: Hash): void {
    if (index < 0 || index > this.size) throw new RangeError(`leaf ${index} would leave a gap`);
    (this.levels[0] as Hash[])[index] = leaf;
    this.changed.add(index);
  }

  root(): Hash {
    let changed: Set<number> = new Set(this.changed);
    this.changed.clear();
    for (let depth = 0; (this.levels[depth] as Hash[]).length > 1; depth += 1) {
      changed = this.rehash(depth, changed);
    }
    return this.levels.at(-1)?.[0] ?? EMPTY_ROOT;
  }

  private rehash(depth: number, changed: ReadonlySet<number>): Set<number> {
    const level = this.levels[depth] as Hash[];
    const above = this.levels[depth + 1] ?? [];
    this.levels[depth + 1] = above;
    const parents = new Set<number>();
    for (const index of changed) parents.add(Math.floor(index / 2));
    for (const parent of parents) {
      const left = level[parent * 2] as Hash;
      const right = level[parent * 2 + 1];
      above[parent] = right === undefined ? left : nodeHash(left, right);
    }
    return parents;
  }
}
