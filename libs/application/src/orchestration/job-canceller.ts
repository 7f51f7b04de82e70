import { type RecordedEvent, streamId } from '@imprest/event-catalogue';
import { causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import type { WorkQueue } from '../ports/work-queue.js';
import type { LeaseWatch } from './lease-watch.js';

/**
 * A cancelled generation takes its job along. The stream comes before the queue: a worker that leases the
 * item in between is refused by the stream, and one that renders already is told at once, if it listens, and at its next heartbeat.
 */
export class JobCanceller implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'job-canceller';
  readonly categories = ['generation'];
  private readonly cancelled = new Set<string>();

  constructor(
    private readonly runner: DeciderRunner,
    private readonly queue: WorkQueue,
    private readonly watch: Pick<LeaseWatch, 'raise'>,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    if (event.type !== 'GenerationCancelled') return;
    const jobId = streamId(event.stream);
    const command = { type: 'CancelJob', reason: 'its generation was cancelled' } as const;
    await this.runner.run(jobStream, jobId, command, causedBy(event, this.name));
    this.cancelled.add(jobId);
    this.watch.raise();
  }

  async flush(): Promise<void> {
    if (this.cancelled.size === 0) return;
    const ids = [...this.cancelled];
    this.cancelled.clear();
    await this.queue.remove(ids);
  }
}
