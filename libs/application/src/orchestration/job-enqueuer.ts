import { isTerminal } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { type CommandContext, causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import type { GenerationView } from '../generations/generation-view.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { EventStore } from '../ports/event-store.js';
import type { WorkItem, WorkQueue } from '../ports/work-queue.js';
import { closeHold, type GenerationEnd } from './close-hold.js';
import { isOpenJob, readJob } from './job-standing.js';

interface HeldGeneration {
  readonly item: WorkItem;
  readonly context: CommandContext;
}

function endOf(view: GenerationView): GenerationEnd {
  return view.status === 'succeeded'
    ? { kind: 'succeeded', charged: BigInt(view.charged) }
    : {
        kind: 'failed',
        reason: `the generation had ended before its hold was made: ${view.status}`,
      };
}

/**
 * A hold makes work: its job is stated first, then queued, a whole batch in one call.
 *
 * What a crash may leave behind, and what makes it good:
 * - between the job's stream and the queue: the checkpoint has not moved, so the hold comes again, the
 *   job is a repeat that is still open, and it is queued;
 * - a job queued twice: the queue leaves an item it has as it is, and a job that has ended is not queued;
 * - a generation cancelled before its hold: whoever reacted to the cancellation found neither a job nor a
 *   hold. So the generation is looked at after the job is queued: a cancellation before that look is seen
 *   here, and one after it finds job and hold in place.
 */
export class JobEnqueuer implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'job-enqueuer';
  readonly categories = ['tokenAccount'];
  private readonly collected = new Map<string, HeldGeneration>();

  constructor(
    private readonly runner: DeciderRunner,
    private readonly store: EventStore,
    private readonly queue: WorkQueue,
  ) {}

  async react(recorded: RecordedEvent): Promise<void> {
    if (recorded.type !== 'TokensHeld') return;
    const event = toDomainEvent(recorded);
    if (event.type !== 'TokensHeld') return;
    const { generationId, price } = event.data;
    const item = {
      id: generationId,
      tenantId: streamId(recorded.stream),
      lane: price.model,
      cost: price.images,
    };
    this.collected.set(generationId, { item, context: causedBy(recorded, this.name) });
  }

  async flush(): Promise<void> {
    const held = [...this.collected.values()];
    this.collected.clear();
    if (held.length === 0) return;
    const open = await Promise.all(held.map((each) => this.queueJob(each)));
    await this.queue.enqueue(held.filter((_, index) => open[index]).map(({ item }) => item));
    await Promise.all(held.map((each) => this.closeIfEnded(each)));
  }

  /** Whether there is work to do. */
  private async queueJob({ item, context }: HeldGeneration): Promise<boolean> {
    const { id, tenantId, lane: model, cost } = item;
    const command = { type: 'QueueJob', tenantId, model, cost } as const;
    const result = await this.runner.run(jobStream, id, command, context);
    if (result.kind === 'rejected') {
      throw new Error(`job ${id} cannot be queued: ${result.error.message}`);
    }
    const isNew = result.kind === 'accepted' && result.events.length > 0;
    return isNew || isOpenJob(await readJob(this.runner, id));
  }

  private async closeIfEnded({ item, context }: HeldGeneration): Promise<void> {
    const { id, tenantId } = item;
    const view = await loadGeneration(this.store, id);
    if (view === undefined || !isTerminal(view.status)) return;
    await closeHold(this.runner, tenantId, id, endOf(view), context);
    const cancel = {
      type: 'CancelJob',
      reason: `its generation has ended: ${view.status}`,
    } as const;
    await this.runner.run(jobStream, id, cancel, context);
    await this.queue.remove([id]);
  }
}
