import type { RateLimit, RateStanding } from '@imprest/application';
import type { LeaseLane } from './lease-lane.js';
import type { Lease, LeaseRequest } from './lease-table.js';

/** Of what a window has left, the share that one process leases ahead. */
const SHARE_AHEAD = 16;
const MOST_AHEAD = 4_096;
/** When less is left, requests lease one permit each, so that no process keeps the last ones from another. */
const ONE_BY_ONE_BELOW = 64;

/**
 * What this process may let through of one counter. Every permit was taken from the shared row before, and
 * is dropped when its window ends: all processes together never have more than the limit.
 */
export class LeasedPermits {
  private permits = 0;
  private unleased = 0;
  private refillBelow = 0;
  /** By the server's clock. */
  private windowEndsAtMs = 0;
  /** By the monotonic clock of this process; never later than the window's end. */
  private endsAt = Number.NEGATIVE_INFINITY;
  private waiters = 0;
  private leasing: Promise<void> | undefined;

  constructor(
    readonly limit: number,
    private readonly counter: string,
    private readonly lane: LeaseLane,
    private readonly monotonicNow: () => number,
  ) {}

  hasEnded(now: number): boolean {
    return now >= this.endsAt;
  }

  canSpend(now: number): boolean {
    return this.permits > 0 && !this.hasEnded(now);
  }

  /** The window has no permit left, here or anywhere: nothing brings one back before it ends. */
  isExhausted(now: number): boolean {
    return this.permits === 0 && this.unleased === 0 && !this.hasEnded(now);
  }

  /** Only when it can. Leases more ahead of time when few are left. */
  spend(): void {
    this.permits -= 1;
    if (this.permits >= this.refillBelow || this.unleased < ONE_BY_ONE_BELOW) return;
    // Whoever needs the permits asks again, and hears why there are none.
    if (this.leasing === undefined) this.lease().catch(() => undefined);
  }

  /** Waits for permits, or for the news that there are none. @throws RateLimitsUnavailable */
  async refill(): Promise<void> {
    this.waiters += 1;
    try {
      await (this.leasing ?? this.lease());
    } finally {
      this.waiters -= 1;
    }
  }

  /** A window that this process counts alone. */
  countHere(windowMs: number, nowMs: number): void {
    const lease = {
      granted: this.limit,
      unleased: 0,
      leftMs: windowMs,
      endsAtMs: nowMs + windowMs,
    };
    this.receive(lease, this.monotonicNow());
  }

  standing({ name }: RateLimit, now: number): RateStanding {
    const { limit } = this;
    if (this.hasEnded(now)) return { name, limit, remaining: limit, endsAtMs: 0, leftMs: 0 };
    return {
      name,
      limit,
      remaining: this.permits + this.unleased,
      endsAtMs: this.windowEndsAtMs,
      leftMs: this.endsAt - now,
    };
  }

  private lease(): Promise<void> {
    let sentAt = 0;
    const ask = () => {
      sentAt = this.monotonicNow();
      return this.request(sentAt);
    };
    this.leasing = this.lane
      .lease(this.counter, ask)
      .then((lease) => this.receive(lease, sentAt))
      .finally(() => {
        this.leasing = undefined;
      });
    return this.leasing;
  }

  private request(now: number): LeaseRequest {
    const left = this.hasEnded(now) ? this.limit : this.unleased;
    const ahead = left < ONE_BY_ONE_BELOW ? 0 : Math.floor(left / SHARE_AHEAD);
    const wanted = Math.max(1, this.waiters, Math.min(ahead, MOST_AHEAD));
    return { counter: this.counter, quota: this.limit, wanted: Math.min(wanted, this.limit) };
  }

  private receive({ granted, unleased, endsAtMs, leftMs }: Lease, sentAt: number): void {
    // Permits of a window that has ended since are worth nothing in the one that began.
    this.permits = endsAtMs === this.windowEndsAtMs ? this.permits + granted : granted;
    this.unleased = unleased;
    this.refillBelow = Math.ceil(granted / 2);
    this.windowEndsAtMs = endsAtMs;
    this.endsAt = sentAt + leftMs;
  }
}
