import { randomUUID } from 'node:crypto';
import {
  type Lease,
  LIVE_LANE,
  pause,
  RECOVERY_LANE,
  ReadySignal,
  WEBHOOK_QUEUE,
  type WorkQueue,
} from '@imprest/application';
import { LOGGER } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Deliverers } from '../endpoints/deliverers.js';
import { LineTurns } from '../endpoints/line-turns.js';
import { FairSlots } from './fair-slots.js';
import { MessageDelivery } from './message-delivery.js';
import { RecoveryRoom } from './recovery-room.js';
import { SettledLeases } from './settled-leases.js';

const AT_ONCE = 256;
const LEASE_MS = 60_000;
/** Between two leases, so that one brings many messages while many are due. */
const LEASE_PACE_MS = 20;
const IDLE_POLL_MS = 1_000;
const DRAIN_MS = 5_000;
const RECLAIM_EVERY_MS = 5_000;

/**
 * Takes due messages from the queue and has them sent, up to AT_ONCE side by side, shared between tenants.
 */
@Injectable()
export class WebhookDeliverer {
  private readonly workerId = `webhooks-${randomUUID()}`;
  /** From then on nothing new is begun. */
  private readonly stopping = new AbortController();
  /** What is still under way then is given back. */
  private readonly cutting = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly ready = new ReadySignal();
  private readonly slots = new FairSlots(AT_ONCE);
  private readonly recoveries = new RecoveryRoom();
  private readonly settled: SettledLeases;
  /** Whether the last lease was kept from taking all there is. */
  private isHeldBack = false;
  private loop: Promise<void> = Promise.resolve();
  private unsubscribe: () => void = () => {};
  private reclaimedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly delivery: MessageDelivery,
    lines: LineTurns,
    private readonly deliverers: Deliverers,
    @Inject(WEBHOOK_QUEUE) private readonly queue: WorkQueue,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.settled = new SettledLeases(queue, lines, (err) =>
      logger.warn({ err }, 'webhook queue does not let go of what is settled'),
    );
  }

  start(): void {
    this.deliverers.start();
    this.unsubscribe = this.queue.onReady(() => this.ready.raise());
    this.loop = this.run();
  }

  /** Lets what is under way finish, then cuts it off; what was cut off is sent again by whoever comes next. */
  async stop(): Promise<void> {
    this.unsubscribe();
    const cut = setTimeout(() => this.cutting.abort(), DRAIN_MS);
    this.stopping.abort();
    await this.loop;
    await Promise.all(this.running);
    await this.settled.flush();
    clearTimeout(cut);
    await this.deliverers.stop();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const listening = this.ready.listen();
    while (!signal.aborted) {
      const begunAt = performance.now();
      const mayBeMore = await this.begin();
      const idleMs = this.recoveries.lookAgainMs(IDLE_POLL_MS);
      if (!mayBeMore) await listening.wait(idleMs, signal);
      const early = LEASE_PACE_MS - (performance.now() - begunAt);
      if (early > 0) await pause(early, signal);
    }
    listening.end();
  }

  /**
   * Half of what is free at most, or one tenant alone could have it all.
   * @returns whether another call would find more
   */
  private async begin(): Promise<boolean> {
    const limit = Math.ceil(this.slots.free / 2);
    const leftOut = this.slots.satisfied();
    this.isHeldBack = limit === 0 || leftOut.length > 0;
    const leases = limit > 0 ? await this.lease(limit, LIVE_LANE, leftOut) : [];
    for (const lease of leases) this.take(lease);
    if (leases.length < limit) await this.beginRecovered();
    return leases.length > 0 && leases.length === limit;
  }

  /** Only what is live and due leaves room for it. */
  private async beginRecovered(): Promise<void> {
    const room = this.recoveries.take(performance.now());
    if (room === 0) return;
    const leases = await this.lease(room, RECOVERY_LANE);
    this.recoveries.begin(leases.length, room);
    for (const lease of leases) this.track(lease, () => this.recoveries.end());
  }

  private async lease(
    limit: number,
    lane: string,
    leftOut: readonly string[] = [],
  ): Promise<readonly Lease[]> {
    const { workerId } = this;
    try {
      await this.reclaim();
      const lanes = [lane];
      return await this.queue.lease({ workerId, lanes, limit, leaseMs: LEASE_MS, leftOut });
    } catch (error) {
      this.logger.warn({ err: error }, 'webhook queue does not answer');
      return [];
    }
  }

  /** Messages of a process that died come back, to be sent again. */
  private async reclaim(): Promise<void> {
    const now = performance.now();
    if (now - this.reclaimedAtMs < RECLAIM_EVERY_MS) return;
    this.reclaimedAtMs = now;
    const expired = await this.queue.expired(AT_ONCE);
    if (expired.length > 0) await this.queue.release(expired);
  }

  private take(lease: Lease): void {
    this.slots.take(lease.tenantId);
    this.track(lease, () => {
      this.slots.giveBack(lease.tenantId);
      if (this.isHeldBack) this.ready.raise();
    });
  }

  private track(lease: Lease, ended: () => void): void {
    const work = this.delivery.run(lease, this.settled, this.cutting.signal).finally(() => {
      this.running.delete(work);
      ended();
    });
    this.running.add(work);
  }
}
