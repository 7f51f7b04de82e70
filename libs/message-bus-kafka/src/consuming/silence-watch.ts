const TICK_MS = 1_000;

/**
 * Tells once when nothing was heard for a while. It counts what it lived through itself: a process that was
 * frozen has not listened meanwhile.
 */
export class SilenceWatch {
  private silentMs = 0;
  private readonly ticking: NodeJS.Timeout;

  constructor(
    private readonly longestMs: number,
    private readonly silent: (forMs: number) => void,
  ) {
    this.ticking = setInterval(() => this.tick(), TICK_MS);
    this.ticking.unref();
  }

  hear(): void {
    this.silentMs = 0;
  }

  end(): void {
    clearInterval(this.ticking);
  }

  private tick(): void {
    this.silentMs += TICK_MS;
    if (this.silentMs < this.longestMs) return;
    this.end();
    this.silent(this.silentMs);
  }
}
