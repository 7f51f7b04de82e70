import type { WorkOrder } from '@imprest/application';
import type { Logger } from 'pino';
import type { OrchestratorClient } from '../orchestrator/orchestrator-client.js';
import { isKind } from '../orchestrator/orchestrator-error.js';
import { LeaseWatcher } from './lease-watcher.js';

/** Why work on an order has to stop. */
export type StopReason = 'cancelled' | 'lost' | 'stopping' | 'timeout';

export class WorkStopped extends Error {
  override readonly name = 'WorkStopped';
  constructor(readonly reason: StopReason) {
    super(`the work was stopped: ${reason}`);
  }
}

/** Progress is told between the regular beats when it has come this far, and not more often than that. */
const PROGRESS_STEP = 0.05;
const PROGRESS_INTERVAL_MS = 1_000;

/**
 * Keeps one lease alive with a heartbeat every third of its time, and says when to stop. A lease that could
 * not be renewed in its time counts as lost: somebody else may have the job by then.
 */
export class LeaseKeeper {
  private readonly work = new AbortController();
  private readonly lease = new AbortController();
  private readonly leaseMs: number;
  private progress: number | undefined;
  private told = 0;
  private beatAtMs = performance.now();
  private nextBeat: NodeJS.Timeout | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private beating = false;
  private ended = false;
  private readonly watcher: LeaseWatcher;

  constructor(
    private readonly client: OrchestratorClient,
    private readonly order: WorkOrder,
    private readonly logger: Logger,
  ) {
    this.leaseMs = order.leaseSeconds * 1_000;
    this.renewed(performance.now());
    this.beatIn(this.leaseMs / 3);
    this.watcher = new LeaseWatcher(client, order, (reason) => this.stop(reason), logger);
  }

  /** Aborted with a WorkStopped when the work has to stop, whatever the reason. */
  get workSignal(): AbortSignal {
    return this.work.signal;
  }

  /** Aborted when there is nobody left to report to: the job was cancelled or is somebody else's. */
  get leaseSignal(): AbortSignal {
    return this.lease.signal;
  }

  report(fraction: number): void {
    this.progress = Math.min(Math.max(fraction, 0), 1);
    const sinceMs = performance.now() - this.beatAtMs;
    if (this.progress - this.told < PROGRESS_STEP || sinceMs < PROGRESS_INTERVAL_MS) return;
    void this.beat();
  }

  stop(reason: StopReason): void {
    this.work.abort(new WorkStopped(reason));
    if (reason === 'cancelled' || reason === 'lost') this.lease.abort();
  }

  /** No more heartbeats. */
  end(): void {
    this.ended = true;
    this.watcher.end();
    clearTimeout(this.nextBeat);
    clearTimeout(this.expiry);
  }

  private beatIn(ms: number): void {
    clearTimeout(this.nextBeat);
    if (this.ended || this.lease.signal.aborted) return;
    this.nextBeat = setTimeout(() => void this.beat(), ms);
  }

  private renewed(sentAtMs: number): void {
    clearTimeout(this.expiry);
    if (this.ended) return;
    const leftMs = sentAtMs + this.leaseMs - performance.now();
    this.expiry = setTimeout(() => this.stop('lost'), leftMs);
  }

  private async beat(): Promise<void> {
    if (this.beating || this.ended) return;
    this.beating = true;
    const { progress } = this;
    this.beatAtMs = performance.now();
    let nextMs = this.leaseMs / 3;
    try {
      const answer = await this.client.heartbeat(this.order, progress, this.leaseMs / 3);
      if (answer.cancelled || answer.lost) this.stop(answer.cancelled ? 'cancelled' : 'lost');
      else this.renewed(this.beatAtMs);
      this.told = progress ?? this.told;
    } catch (error) {
      const { jobId, fence } = this.order;
      this.logger.warn({ jobId, fence, err: error }, 'heartbeat failed');
      if (isKind(error, 'refused')) this.stop('lost');
      nextMs = this.leaseMs / 20;
    }
    this.beating = false;
    this.beatIn(nextMs);
  }
}
