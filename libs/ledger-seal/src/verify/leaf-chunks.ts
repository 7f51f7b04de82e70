import type { Hash } from '../canonical/hashes.js';
import { GrowingTree, merkleRoot } from '../merkle/growing-tree.js';

/** A power of two, so that every chunk but the last is a full subtree. */
export const LEAVES_PER_CHUNK = 1_024;

/** Leaves that follow each other under one seal. */
export interface LeafChunk {
  /** Where the seal begins: with `index` it names the chunk. */
  readonly after: bigint;
  readonly index: number;
  readonly leaves: readonly Hash[];
  /** Of the subtree over them. */
  readonly root: Hash;
  readonly positions: readonly bigint[];
}

/** The tree over the events of one seal while it grows, with its leaves in chunks for whoever keeps them. */
export class SealTree {
  /** Over the roots of chunks: since a chunk is a full subtree, it is the same tree. */
  private readonly tree = new GrowingTree();
  private leaves: Hash[] = [];
  private positions: bigint[] = [];
  private chunks = 0;

  constructor(
    readonly after: bigint,
    private readonly full: (chunk: LeafChunk) => void,
  ) {}

  get size(): number {
    return this.chunks * LEAVES_PER_CHUNK + this.leaves.length;
  }

  append(position: bigint, leaf: Hash): void {
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
    const root = merkleRoot(leaves);
    this.tree.append(root);
    this.full({ after, index, leaves, root, positions });
    this.chunks += 1;
    this.leaves = [];
    this.positions = [];
  }
}
