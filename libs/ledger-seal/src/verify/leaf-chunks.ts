import type { Hash } from '../canonical/hashes.js';
import { GrowingTree } from '../merkle/growing-tree.js';

/** A power of two, so that every chunk but the last is a full subtree. */
export const LEAVES_PER_CHUNK = 1_024;

/** Leaves that follow each other under one seal. */
export interface LeafChunk {
  /** Where the seal begins: with `index` it names the chunk. */
  readonly after: bigint;
  readonly index: number;
  readonly leaves: readonly Hash[];
  readonly positions: readonly bigint[];
}

/** The tree over the events of one seal while it grows, with the leaves in chunks for whoever keeps them. */
export class SealTree {
  private readonly tree = new GrowingTree();
  private leaves: Hash[] = [];
  private positions: bigint[] = [];
  private chunks = 0;

  constructor(
    readonly after: bigint,
    private readonly full: (chunk: LeafChunk) => void,
  ) {}

  get size(): number {
    return this.tree.size;
  }

  append(position: bigint, leaf: Hash): void {
    this.tree.append(leaf);
    this.leaves.push(leaf);
    this.positions.push(position);
    if (this.leaves.length === LEAVES_PER_CHUNK) this.emit();
  }

  /** The root, after which nothing is appended. */
  close(): Hash {
    if (this.leaves.length > 0) this.emit();
    return this.tree.root();
  }

  private emit(): void {
    const { after, chunks: index, leaves, positions } = this;
    this.full({ after, index, leaves, positions });
    this.chunks += 1;
    this.leaves = [];
    this.positions = [];
  }
}
