import {
  type RateLimit,
  type RateLimits,
  RateLimitsUnavailable,
  type RateVerdict,
} from '@imprest/application';
import { Pool } from 'pg';
import { LeaseLane } from './lease-lane.js';
import { LeaseTable } from './lease-table.js';
import { LeasedPermits } from './leased-permits.js';

const WINDOW_MS = 60_000;
const TIMEOUT_MS = 2_000;
const FORGET_EVERY_MS = 600_000;
const CAPACITY = 100_000;

export interface PostgresRateLimitsOptions {
  readonly connectionString: string;
  /** 60,000; shorter ones are for trials. The same in all processes. */
  readonly windowMs?: number;
  /** Milliseconds that never go back. */
  readonly monotonicNow?: () => number;
  /** Unix time in milliseconds, for windows that this process counts alone. */
  readonly nowMs: () => number;
}

/** Counts in rows of PostgreSQL, and leases permits from there ahead of the requests that spend them. */
export class PostgresRateLimits implements RateLimits {
  private readonly pool: Pool;
  private readonly table: LeaseTable;
  private readonly lane: LeaseLane;
  private readonly windowMs: number;
  private readonly monotonicNow: () => number;
  private readonly nowMs: () => number;
  private readonly counters = new Map<string, LeasedPermits>();
  private readonly forgetting: NodeJS.Timeout;
  private closing: Promise<void> | undefined;

  constructor(options: PostgresRateLimitsOptions) {
    const { connectionString, windowMs = WINDOW_MS } = options;
    this.windowMs = windowMs;
    this.nowMs = options.nowMs;
    this.monotonicNow = options.monotonicNow ?? (() => performance.now());
    this.pool = new Pool({
      connectionString,
      max: 1,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
    });
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    this.pool.on('error', () => {});
    this.table = new LeaseTable(this.pool, windowMs);
    this.lane = new LeaseLane((requests) => this.table.lease(requests));
    // Rows that stay behind cost space, nothing else.
    const forget = () => void this.table.forget().catch(() => undefined);
    this.forgetting = setInterval(forget, FORGET_EVERY_MS).unref();
  }

  take(limits: readonly RateLimit[]): RateVerdict | Promise<RateVerdict> {
    return this.decide(limits) ?? this.takeAfterLease(limits);
  }

  close(): Promise<void> {
    clearInterval(this.forgetting);
    this.closing ??= this.pool.end();
    return this.closing;
  }

  /** Undefined while a permit has to be leased first. */
  private decide(limits: readonly RateLimit[]): RateVerdict | undefined {
    const now = this.monotonicNow();
    const held = limits.map((limit) => this.permitsOf(limit, now));
    const exhausted = held.some((permits) => permits.isExhausted(now));
    if (!exhausted) {
      if (!held.every((permits) => permits.canSpend(now))) return undefined;
      for (const permits of held) permits.spend();
    }
    const standings = limits.map((limit, index) => held[index]!.standing(limit, now));
    return { allowed: !exhausted, standings };
  }

  /** Others may spend what comes in meanwhile; then the next lease brings more, or the end of the window's permits. */
  private async takeAfterLease(limits: readonly RateLimit[]): Promise<RateVerdict> {
    for (;;) {
      await Promise.all(limits.map((limit) => this.refill(limit)));
      const verdict = this.decide(limits);
      if (verdict !== undefined) return verdict;
    }
  }

  private async refill(limit: RateLimit): Promise<void> {
    const permits = this.permitsOf(limit, this.monotonicNow());
    if (this.isKnown(permits)) return;
    try {
      await permits.refill();
    } catch (error) {
      if (limit.uncounted === 'refuse' || !(error instanceof RateLimitsUnavailable)) throw error;
      // Whoever waited for the same lease may have begun the window already.
      if (!this.isKnown(permits)) permits.countHere(this.windowMs, this.nowMs());
    }
  }

  private isKnown(permits: LeasedPermits): boolean {
    const now = this.monotonicNow();
    return permits.canSpend(now) || permits.isExhausted(now);
  }

  private permitsOf({ counter, limit }: RateLimit, now: number): LeasedPermits {
    const known = this.counters.get(counter);
    if (known !== undefined && known.limit === limit) return known;
    if (this.counters.size >= CAPACITY) this.makeRoom(now);
    // Under another limit the permits at hand are given up; the row still counts them.
    const fresh = new LeasedPermits(limit, counter, this.lane, this.monotonicNow);
    this.counters.set(counter, fresh);
    return fresh;
  }

  /** Permits that are dropped lessen what is let through, and never add to it. */
  private makeRoom(now: number): void {
    for (const [counter, permits] of this.counters) {
      if (permits.hasEnded(now)) this.counters.delete(counter);
    }
    if (this.counters.size >= CAPACITY) this.counters.clear();
  }
}
