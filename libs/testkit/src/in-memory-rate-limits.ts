import type { Clock, RateLimit, RateLimits, RateStanding, RateVerdict } from '@imprest/application';

interface Window {
  readonly endsAtMs: number;
  used: number;
}

/** Counts for whoever shares the object, by a clock that a test may hold still. */
export class InMemoryRateLimits implements RateLimits {
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly clock: Clock,
    private readonly windowMs = 60_000,
  ) {}

  take(limits: readonly RateLimit[]): RateVerdict {
    const nowMs = this.clock.now().getTime();
    const windows = limits.map(({ counter }) => this.windowOf(counter, nowMs));
    const allowed = limits.every(({ limit }, index) => windows[index]!.used < limit);
    if (allowed) for (const window of windows) window.used += 1;
    const standings = limits.map(({ name, limit }, index): RateStanding => {
      const { used, endsAtMs } = windows[index]!;
      const remaining = Math.max(0, limit - used);
      return { name, limit, remaining, endsAtMs, leftMs: endsAtMs - nowMs };
    });
    return { allowed, standings };
  }

  async close(): Promise<void> {}

  private windowOf(counter: string, nowMs: number): Window {
    const open = this.windows.get(counter);
    if (open !== undefined && nowMs < open.endsAtMs) return open;
    const fresh = { endsAtMs: nowMs + this.windowMs, used: 0 };
    this.windows.set(counter, fresh);
    return fresh;
  }
}
