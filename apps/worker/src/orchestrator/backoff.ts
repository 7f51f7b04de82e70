import { pause } from '@imprest/application';

const FIRST_MS = 100;
const LONGEST_MS = 10_000;

/** Growing waits between tries, spread so that workers do not come back all at once. */
export class Backoff {
  private nextMs = FIRST_MS;

  reset(): void {
    this.nextMs = FIRST_MS;
  }

  /** Returns early when the signal is aborted. */
  async pause(signal: AbortSignal): Promise<void> {
    const ms = this.nextMs * (0.5 + Math.random());
    this.nextMs = Math.min(this.nextMs * 2, LONGEST_MS);
    await pause(ms, signal);
  }
}
