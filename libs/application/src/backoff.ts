const FIRST_MS = 25;
const LONGEST_MS = 1_000;

/** Growing waits between attempts, back to the first after a success. */
export class Backoff {
  private ms = FIRST_MS;

  next(): number {
    const { ms } = this;
    this.ms = Math.min(ms * 2, LONGEST_MS);
    return ms;
  }

  reset(): void {
    this.ms = FIRST_MS;
  }
}
