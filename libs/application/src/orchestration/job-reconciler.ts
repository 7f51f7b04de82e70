import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import type { CheckpointStore } from '../ports/checkpoint-store.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import type { WorkItem, WorkQueue } from '../ports/work-queue.js';
import type { JobDeadlines } from './job-deadlines.js';

interface OpenJob {
  readonly item: WorkItem;
  readonly position: bigint;
  /** Unix milliseconds, when it should be looked for in the queue. */
  dueAt: number;
}

const CHECKPOINT = 'job-reconciler';
const GRACE_MS = 60_000;
const AGAIN_MS = 10 * 60_000;
const BATCH = 1_000;

const ENDS = new Set(['JobSucceeded', 'JobDeadLettered', 'JobDeadlineMissed', 'JobCancelled']);

/**
 * Puts jobs that are open by their streams back into a queue that has lost them: after its tables were
 * truncated or restored from an older copy, say. Everything else that can come between stream and queue
 * is made good by the enqueuer's checkpoint and the sweeper.
 *
 * Its checkpoint stands before the oldest open job, so that a start reads what is open and little more.
 */
export class JobReconciler {
  private readonly open = new Map<string, OpenJob>();
  private position: bigint | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly queue: WorkQueue,
    private readonly deadlines: JobDeadlines,
    private readonly checkpoints: CheckpointStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Follows the log, then offers the queue each job that has been open for a minute, every ten minutes; from then
   * on its deadlines are watched, however far away.
   */
  async reconcile(stop?: AbortSignal): Promise<void> {
    await this.catchUp(stop);
    if (stop?.aborted) return;
    const now = this.clock.now().getTime();
    const due = [...this.open.values()].filter(({ dueAt }) => dueAt <= now);
    for (let from = 0; from < due.length; from += BATCH) {
      const batch = due.slice(from, from + BATCH);
      await this.queue.enqueue(batch.map(({ item }) => item));
      await this.deadlines.watch(batch.map(({ item }) => item.id));
      for (const job of batch) job.dueAt = now + AGAIN_MS;
    }
  }

  private async catchUp(stop: AbortSignal | undefined): Promise<void> {
    this.position ??= await this.checkpoints.load(CHECKPOINT);
    const pages = this.store.readAll({ categories: ['job'], after: this.position });
    for await (const page of pages) {
      for (const event of page) this.follow(event);
      if (stop?.aborted) break;
    }
    const [oldest] = this.open.values();
    const settled = oldest === undefined ? this.position : oldest.position - 1n;
    if (settled > 0n) await this.checkpoints.save(CHECKPOINT, settled);
  }

  private follow(recorded: RecordedEvent): void {
    this.position = recorded.position;
    const id = streamId(recorded.stream);
    if (ENDS.has(recorded.type)) this.open.delete(id);
    if (recorded.type !== 'JobQueued') return;
    const event = toDomainEvent(recorded);
    if (event.type !== 'JobQueued') return;
    const { tenantId, model: lane, cost } = event.data;
    this.open.set(id, {
      item: { id, tenantId, lane, cost },
      position: recorded.position,
      dueAt: recorded.recordedAt.getTime() + GRACE_MS,
    });
  }
}
