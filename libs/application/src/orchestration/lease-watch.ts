import { deadline } from '../deadline.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import type { LeaseRef } from '../ports/work-queue.js';
import { type LeaseStanding, readJob, standingOf } from './job-standing.js';
import { ReadySignal } from './ready-signal.js';

export interface LeaseWatchRequest {
  readonly waitMs: number;
  /** Aborted when the worker has gone away or the process is to end. */
  readonly signal: AbortSignal;
}

/** What another process has ended is seen after this at the latest. */
const LOOK_AGAIN_MS = 2_000;

/**
 * Tells workers at once that their work is over, instead of at their next heartbeat: a GPU that goes on with what
 * was cancelled is lost to everybody else.
 */
export class LeaseWatch {
  private readonly ended = new ReadySignal();

  constructor(private readonly runner: DeciderRunner) {}

  /** Some job has ended here that a worker may be at. */
  raise(): void {
    this.ended.raise();
  }

  /** As soon as the lease is not held any more; `held` when the wait is over. */
  async until(lease: LeaseRef, { waitMs, signal }: LeaseWatchRequest): Promise<LeaseStanding> {
    const patience = deadline(waitMs, signal);
    const listening = this.ended.listen();
    try {
      for (;;) {
        const standing = standingOf(await readJob(this.runner, lease.id), lease.fence);
        if (standing !== 'held' || patience.signal.aborted) return standing;
        await listening.wait(LOOK_AGAIN_MS, patience.signal);
      }
    } finally {
      listening.end();
      patience.end();
    }
  }
}
