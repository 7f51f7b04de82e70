import type { Lease, LeaseRef, WorkQueue } from '@imprest/application';
import type { LineTurns } from '../endpoints/line-turns.js';

type Release = LeaseRef & { readonly readyAt?: Date };

/** The queue pays by the call, and nobody waits for it to let go of what is on record already. */
const PORTION_MS = 50;
const AGAIN_MS = 1_000;

/**
 * Leases to be let go of, in portions. Nothing depends on it: what a crash keeps here comes back when its
 * lease has run out, and its stream says what is due then.
 */
export class SettledLeases {
  private completed: LeaseRef[] = [];
  /** Messages of endpoints among them. */
  private leaving: string[] = [];
  private released: Release[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly queue: Pick<WorkQueue, 'complete' | 'release'>,
    private readonly lines: Pick<LineTurns, 'leave'>,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /** @param isInLine of a message of an endpoint: others may wait for it */
  complete(lease: Lease, isInLine: boolean): void {
    this.completed.push(lease);
    if (isInLine) this.leaving.push(lease.id);
    this.schedule(PORTION_MS);
  }

  /** @param readyAt at once when absent */
  release(lease: Lease, readyAt?: Date): void {
    this.released.push(readyAt === undefined ? lease : { ...lease, readyAt });
    this.schedule(PORTION_MS);
  }

  /** Resolves when the queue was asked; what it did not take is tried again. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { completed, released, leaving } = this;
    this.completed = [];
    this.released = [];
    this.leaving = [];
    const completing = completed.length > 0 && this.letGo(completed, leaving);
    const releasing = released.length > 0 && this.queue.release(released);
    const [first, second] = await Promise.allSettled([completing, releasing]);
    if (first.status === 'rejected') {
      this.completed.push(...completed);
      this.leaving.push(...leaving);
    }
    if (second.status === 'rejected') this.released.push(...released);
    const failed = [first, second].find((result) => result.status === 'rejected');
    if (failed === undefined) return;
    this.onTrouble(failed.reason);
    this.schedule(AGAIN_MS);
  }

  /** The queue comes last: while it has a message, whoever leases it finds what is to be done for its line. */
  private async letGo(completed: readonly LeaseRef[], leaving: readonly string[]): Promise<void> {
    if (leaving.length > 0) await this.lines.leave(leaving);
    await this.queue.complete(completed);
  }

  private schedule(ms: number): void {
    this.timer ??= setTimeout(() => void this.flush(), ms);
  }
}
