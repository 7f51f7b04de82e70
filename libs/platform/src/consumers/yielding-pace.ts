import type { Pace } from '@imprest/application';

/** Times the length of a batch that consumers rest after it while requests come in. */
const REST_PER_WORK = 4;
const LONGEST_REST_MS = 500;

/**
 * Lets requests go first. While the process answers many of them, consumers work one batch at a time,
 * and rest after each in proportion to what it took: they keep about a fifth of the process and fall
 * behind, rather than making callers wait. When requests ebb they catch up at full speed, side by side.
 */
export class YieldingPace implements Pace {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly busy: () => boolean) {}

  async turn<T>(work: () => Promise<T>): Promise<T> {
    if (!this.busy()) return work();
    const previous = this.last;
    let next = () => {};
    this.last = new Promise((resolve) => {
      next = resolve;
    });
    await previous;
    const startedMs = performance.now();
    try {
      return await work();
    } finally {
      const tookMs = performance.now() - startedMs;
      if (this.busy()) setTimeout(next, Math.min(tookMs * REST_PER_WORK, LONGEST_REST_MS));
      else next();
    }
  }
}
