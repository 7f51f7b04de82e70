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
  private readonly buckets: Readonly<Record<RateBucket, Map<string, Window>>> = {
    generate: new Map(),
    read: new Map(),
  };

  take(keyId: string, bucket: RateBucket, limit: number, nowMs: number): RateVerdict {
    const windows = this.buckets[bucket];
    let window = windows.get(keyId);
    if (window === undefined || window.endsAtMs <= nowMs) {
      if (windows.size >= CAPACITY) dropEnded(windows, nowMs);
      window = { endsAtMs: nowMs + WINDOW_MS, used: 0 };
      windows.set(keyId, window);
    }
    const allowed = window.used < limit;
    if (allowed) window.used += 1;
    const reset = Math.ceil(window.endsAtMs / 1000);
    return { limit, remaining: limit - window.used, reset, allowed };
  }
}

function dropEnded(windows: Map<string, Window>, nowMs: number): void {
  for (const [keyId, window] of windows) {
    if (window.endsAtMs <= nowMs) windows.delete(keyId);
  }
  if (windows.size >= CAPACITY) windows.clear();
}
