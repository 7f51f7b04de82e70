/**
 * Does something again and again, `intervalMs` after it was last done, never twice at a time. A failure is
 * reported and does not end it.
 */
export class PeriodicTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private working = false;
  private stopped = true;

  constructor(
    private readonly intervalMs: number,
    private readonly work: () => Promise<unknown>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** The first time is now. */
  start(): void {
    this.stopped = false;
    clearTimeout(this.timer);
    // A turn that outlived a stop goes on to the next one by itself.
    if (!this.working) this.running = this.turn();
  }

  /** The first time is an interval from now. */
  startLater(): void {
    this.stopped = false;
    if (!this.working) this.wait();
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async turn(): Promise<void> {
    this.working = true;
    try {
      await this.work();
    } catch (error) {
      this.failed(error);
    }
    this.working = false;
    if (!this.stopped) this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.running = this.turn();
    }, this.intervalMs);
    this.timer.unref();
  }
}
