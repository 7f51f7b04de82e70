import type { BreakerRule } from './breaker-rule.js';

interface CountedAttempt {
  readonly atMs: number;
  readonly failed: boolean;
}

/** Most attempts that are remembered: a share of more says nothing new. */
const CAPACITY = 1_000;

/** The latest attempts at a model, as far as they tell whether it works. */
export class AttemptWindow {
  private attempts: CountedAttempt[] = [];
  private inARow = 0;

  constructor(private readonly rule: BreakerRule) {}

  /** Why the model is to be taken for broken after this attempt; undefined when it is not. */
  add(attempt: CountedAttempt): string | undefined {
    const { consecutive, ratio, leastAttempts, windowSeconds } = this.rule;
    const from = attempt.atMs - windowSeconds * 1_000;
    this.attempts = [...this.attempts, attempt].filter(({ atMs }) => atMs > from).slice(-CAPACITY);
    this.inARow = attempt.failed ? this.inARow + 1 : 0;
    if (!attempt.failed) return undefined;
    if (this.inARow >= consecutive) return `${this.inARow} attempts in a row have failed`;
    const failed = this.attempts.filter((each) => each.failed).length;
    const all = this.attempts.length;
    if (all < leastAttempts || failed / all < ratio) return undefined;
    return `${failed} of ${all} attempts in ${windowSeconds} seconds have failed`;
  }

  /** Begins anew, after the model was taken for broken or for mended. */
  clear(): void {
    this.attempts = [];
    this.inARow = 0;
  }
}
