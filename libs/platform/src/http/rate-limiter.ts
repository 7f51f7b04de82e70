import type { RateBucket } from './access.js';

export interface RateVerdict {
  readonly limit: number;
  readonly remaining: number;
  /** Unix seconds at which the window ends. */
  readonly reset: number;
  readonly allowed: boolean;
}

interface Window {
  readonly endsAtMs: number;
  used: number;
}

const WINDOW_MS = 60_000;
const CAPACITY = 100_000;

/**
 * Requests a minute for each key and bucket, counted in this process, in fixed windows that begin with
 * the first request. Costs no I/O: it stands before everything else on the hot path.
 */
export class RateLimiter {
  private readonly windows = new Map<string, Window>();

  take(keyId: string, bucket: RateBucket, limit: number, nowMs: number): RateVerdict {
    const name = keyId + bucket;
    let window = this.windows.get(name);
    if (window === undefined || window.endsAtMs <= nowMs) {
      if (this.windows.size >= CAPACITY) this.dropEnded(nowMs);
      window = { endsAtMs: nowMs + WINDOW_MS, used: 0 };
      this.windows.set(name, window);
    }
    const allowed = window.used < limit;
    if (allowed) window.used += 1;
    const reset = Math.ceil(window.endsAtMs / 1000);
    return { limit, remaining: limit - window.used, reset, allowed };
  }

  private dropEnded(nowMs: number): void {
    for (const [name, window] of this.windows) {
      if (window.endsAtMs <= nowMs) this.windows.delete(name);
    }
    if (this.windows.size >= CAPACITY) this.windows.clear();
  }
}
