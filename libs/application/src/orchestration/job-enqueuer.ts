import { isTerminal, noDeadlines } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { type CommandContext, causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import type { GenerationView } from '../generations/generation-view.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { EventStore } from '../ports/event-store.js';
import type { WorkItem, WorkQueue } from '../ports/work-queue.js';
import type { WorkCosts } from '../work-costs/work-costs.js';
import { closeHold } from './close-hold.js';
import type { GenerationRequests } from './generation-requests.js';
import type { JobDeadlines, WatchedJob } from './job-deadlines.js';
import { isOpenJob, readJob } from './job-standing.js';
import type { GenerationEnd } from './outcome-commands.js';

interface HeldGeneration {
  readonly item: Omit<WorkItem, 'cost'>;
  readonly context: CommandContext;
}

function endOf(view: GenerationView): GenerationEnd {
  return view.status === 'succeeded' || view.charged !== '0'
    ? { kind: 'charged', charged: BigInt(view.charged) }
    : {
        kind: 'free',
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
    private readonly deadlines: JobDeadlines,
    private readonly requests: GenerationRequests,
    private readonly costs: WorkCosts,
  ) {}

  async react(recorded: RecordedEvent): Promise<void> {
    if (recorded.type !== 'TokensHeld') return;
    const event = toDomainEvent(recorded);
    if (event.type !== 'TokensHeld') return;
    const { generationId, price } = event.data;
    const item = { id: generationId, tenantId: streamId(recorded.stream), lane: price.model };
    this.collected.set(generationId, { item, context: causedBy(recorded, this.name) });
  }

  async flush(): Promise<void> {
    const held = [...this.collected.values()];
    this.collected.clear();
    if (held.length === 0) return;
    const items = await Promise.all(held.map((each) => this.queueJob(each)));
    await this.queue.enqueue(items.filter((item) => item !== undefined));
    const open = await Promise.all(held.map((each) => this.closeIfEnded(each)));
    await this.deadlines.watchNear(open.filter((job) => job !== undefined));
  }

  /** With its expected cost; undefined when there is no work to do. */
  private async queueJob({ item, context }: HeldGeneration): Promise<WorkItem | undefined> {
    const { id, tenantId, lane: model } = item;
    const { parameters } = await this.requests.get(id);
    const { gpuMs: cost } = await this.costs.expected(model, parameters);
    const command = { type: 'QueueJob', tenantId, model, cost } as const;
    const result = await this.runner.run(jobStream, id, command, context);
    if (result.kind === 'rejected') {
      throw new Error(`job ${id} cannot be queued: ${result.error.message}`);
    }
    const isNew = result.kind === 'accepted' && result.events.length > 0;
    const isOpen = isNew || isOpenJob(await readJob(this.runner, id));
    return isOpen ? { ...item, cost } : undefined;
  }

  /** The job, unless its generation has ended. */
  private async closeIfEnded({ item, context }: HeldGeneration): Promise<WatchedJob | undefined> {
    const { id, tenantId } = item;
    const view = await loadGeneration(this.store, id);
    if (view === undefined) return undefined;
    if (!isTerminal(view.status)) return { id, tenantId, deadlines: view.deadlines ?? noDeadlines };
    await closeHold(this.runner, tenantId, id, endOf(view), context);
    const cancel = {
      type: 'CancelJob',
      reason: `its generation has ended: ${view.status}`,
    } as const;
    await this.runner.run(jobStream, id, cancel, context);
    await this.queue.remove([id]);
    return undefined;
  }
}
