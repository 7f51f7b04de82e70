import type { Clock } from '../ports/clock.js';

const SILENCE_MS = 10_000;

/** Whether a bus seems to have forgotten a consumer: events happen, and it brings none of them. */
export class BusSilence {
  private heardAtMs: number;
  private inHand = 0;
  /** The first event that had to be found elsewhere since the bus was heard. */
  private missedAtMs: number | undefined;

  constructor(private readonly clock: Clock) {
    this.heardAtMs = this.nowMs;
  }

  /** Nothing can be heard while something that the bus brought is worked on. */
  get lasts(): boolean {
    return this.inHand === 0 && this.nowMs - this.heardAtMs >= SILENCE_MS;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.inHand += 1;
    try {
      return await work();
    } finally {
      this.inHand -= 1;
      this.heardAtMs = this.nowMs;
      this.missedAtMs = undefined;
    }
  }

  /** @returns whether the bus has brought nothing for so long after a first miss that it had better be asked anew */
  miss(): boolean {
    if (this.inHand > 0) return false;
    this.missedAtMs ??= this.nowMs;
    if (this.nowMs - this.missedAtMs < SILENCE_MS) return false;
    this.missedAtMs = undefined;
    return true;
  }

  private get nowMs(): number {
    return this.clock.now().getTime();
  }
}
