import { HASH_BYTES, type Hash } from '../canonical/hashes.js';
import { GrowingTree } from '../merkle/growing-tree.js';
import { packedRoot } from '../merkle/merkle-hash.js';

/** A power of two, so that every chunk but the last is a full subtree. */
export const LEAVES_PER_CHUNK = 1_024;

/** Leaves that follow each other under one seal. */
export interface LeafChunk {
  /** Where the seal begins: with `index` it names the chunk. */
  readonly after: bigint;
  readonly index: number;
  /** One after the other, 32 bytes each. */
  readonly leaves: Buffer;
  /** Of the subtree over them. */
  readonly root: Hash;
  readonly positions: BigInt64Array;
}

/** The tree over the events of one seal while it grows, with its leaves in chunks for whoever keeps them. */
export class SealTree {
  /** Over the roots of chunks: since a chunk is a full subtree, it is the same tree. */
  private readonly tree = new GrowingTree();
  private leaves = Buffer.allocUnsafe(LEAVES_PER_CHUNK * HASH_BYTES);
  private positions = new BigInt64Array(LEAVES_PER_CHUNK);
  private inChunk = 0;
  private chunks = 0;

  constructor(
    readonly after: bigint,
    private readonly full: (chunk: LeafChunk) => void,
  ) {}

  get size(): number {
    return this.chunks * LEAVES_PER_CHUNK + this.inChunk;
  }

  append(position: bigint, leaf: Hash): void {
    this.leaves.set(leaf, this.inChunk * HASH_BYTES);
    this.positions[this.inChunk] = position;
    this.inChunk += 1;
    if (this.inChunk === LEAVES_PER_CHUNK) this.emit();
  }

  /** The root, after which nothing is appended. */
  close(): Hash {
    if (this.inChunk > 0) this.emit();
    return this.tree.root();
  }

  private emit(): void {
    const { after, chunks: index, inChunk } = this;
    const positions = this.positions.subarray(0, inChunk);
    const leaves = this.leaves.subarray(0, inChunk * HASH_BYTES);
    const root = packedRoot(leaves);
    this.tree.append(root);
    this.full({ after, index, leaves, root, positions });
    this.chunks += 1;
    this.leaves = Buffer.allocUnsafe(LEAVES_PER_CHUNK * HASH_BYTES);
    this.positions = new BigInt64Array(LEAVES_PER_CHUNK);
    this.inChunk = 0;
  }
}
