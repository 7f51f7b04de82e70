/** The highest position known to be committed, and whoever waits for it to grow. */
export class StoreHead {
  private known = 0n;
  private readonly waiting = new Set<() => void>();

  advance(position: bigint): void {
    if (position <= this.known) return;
    this.known = position;
    for (const wake of [...this.waiting]) wake();
  }

  /** The known head once it is beyond `position`; undefined when the signal was aborted first. */
  beyond(position: bigint, signal: AbortSignal): Promise<bigint | undefined> {
    return new Promise((resolve) => {
      const look = () => {
        if (!signal.aborted && this.known <= position) return;
        signal.removeEventListener('abort', look);
        this.waiting.delete(look);
        resolve(signal.aborted ? undefined : this.known);
      };
      signal.addEventListener('abort', look);
      this.waiting.add(look);
      look();
    });
  }
}
