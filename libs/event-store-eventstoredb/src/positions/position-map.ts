/** A position of before the move, and the server's position of the event that has it. */
export interface PositionPair {
  readonly position: bigint;
  readonly commit: bigint;
}

/**
 * Events that came from another store keep the positions they had there: signed and stored records name
 * them. This leads from such a position to the server's own, by one pair in a thousand, and back. Events
 * written since have the server's positions, which are all higher.
 */
export class PositionMap {
  static readonly EMPTY = new PositionMap([]);
  private readonly last: PositionPair;

  /** @param pairs in order; the last one is of the last event that was moved. */
  constructor(private readonly pairs: readonly PositionPair[]) {
    this.last = pairs.at(-1) ?? { position: 0n, commit: 0n };
  }

  /** Commit position of the last event that was moved. */
  get movedUpTo(): bigint {
    return this.last.commit;
  }

  /** Where the server has to begin so that nothing after a position is missed; 0: at the start. */
  serverPosition(after: bigint): bigint {
    if (after > this.last.position) return after;
    return this.floor((pair) => pair.position <= after)?.commit ?? 0n;
  }

  /** A position up to which everything is at or below the server's. */
  storePosition(commit: bigint): bigint {
    if (commit > this.last.commit) return commit;
    return this.floor((pair) => pair.commit <= commit)?.position ?? 0n;
  }

  private floor(holds: (pair: PositionPair) => boolean): PositionPair | undefined {
    let [low, high] = [0, this.pairs.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.pairs[middle] as PositionPair)) low = middle + 1;
      else high = middle;
    }
    return this.pairs[low - 1];
  }
}
