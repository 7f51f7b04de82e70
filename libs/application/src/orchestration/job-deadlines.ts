import type { DeadlineKind, Deadlines } from '@imprest/domain';
import type { Clock } from '../ports/clock.js';
import type { WorkItem, WorkQueue } from '../ports/work-queue.js';
import type { GenerationRequests } from './generation-requests.js';

export interface WatchedJob {
  readonly id: string;
  readonly tenantId: string;
  readonly deadlines: Deadlines;
}

interface WatchedDeadline {
  readonly jobId: string;
  readonly deadline: DeadlineKind;
}

const KINDS: readonly DeadlineKind[] = ['startBy', 'finishBy'];

/** Longer than the reconciler takes to come to a job that is still open. */
const NEAR_MS = 5 * 60_000;

/** The job and the deadline that an item of the queue of deadlines stands for. */
export function watchedDeadline(itemId: string): WatchedDeadline {
  const at = itemId.lastIndexOf('.');
  return { jobId: itemId.slice(0, at), deadline: itemId.slice(at + 1) as DeadlineKind };
}

/**
 * Which deadlines somebody has to watch: an item for each in a queue of their own, ready when its time has come.
 * Most work ends long before its deadline, so those that lie far ahead are written down only for jobs that
 * are still open after a while.
 */
export class JobDeadlines {
  constructor(
    private readonly queue: WorkQueue,
    private readonly requests: GenerationRequests,
    private readonly clock: Clock,
  ) {}

  /** Of jobs that were queued just now. Safe to repeat. */
  async watchNear(jobs: readonly WatchedJob[]): Promise<void> {
    const until = this.clock.now().getTime() + NEAR_MS;
    await this.enqueue(jobs, (readyAt) => readyAt.getTime() <= until);
  }

  /** Of jobs that have been open for a while. Safe to repeat. */
  async watch(ids: readonly string[]): Promise<void> {
    const found = await Promise.all(ids.map((id) => this.requests.find(id)));
    const jobs = found.flatMap((facts, index) => {
      const id = ids[index];
      return facts === undefined || id === undefined ? [] : [{ id, ...facts }];
    });
    await this.enqueue(jobs, () => true);
  }

  private async enqueue(
    jobs: readonly WatchedJob[],
    isWatched: (readyAt: Date) => boolean,
  ): Promise<void> {
    const items = jobs
      .flatMap((job) => itemsOf(job))
      .filter(({ readyAt }) => readyAt !== undefined && isWatched(readyAt));
    if (items.length > 0) await this.queue.enqueue(items);
  }
}

function itemsOf({ id, tenantId, deadlines }: WatchedJob): readonly WorkItem[] {
  return KINDS.flatMap((kind) => {
    const at = deadlines[kind];
    if (at === null) return [];
    return [{ id: `${id}.${kind}`, tenantId, lane: kind, cost: 1, readyAt: new Date(at) }];
  });
}
