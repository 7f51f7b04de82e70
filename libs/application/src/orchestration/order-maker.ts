import { type AttemptRules, isTerminal } from '@imprest/domain';
import type { CharacterIdentities } from '../characters/character-identities.js';
import { UnsealFailed } from '../confidential/index.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import { type ConfidentialInput, openInputs } from '../generations/confidential-input.js';
import type { GenerationView } from '../generations/generation-view.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { PreviewStage } from '../outputs/index.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import type { ModelCatalogue, ModelEntry } from '../ports/model-catalogue.js';
import type { Lease, SpentLease, WorkQueue } from '../ports/work-queue.js';
import type { AttemptFailures } from './attempt-failures.js';
import type { GenerationRequests } from './generation-requests.js';
import { isOpenJob, readJob, standingOf } from './job-standing.js';
import { leaseContext } from './lease-context.js';
import { type UnresolvedCall, type WorkOrder, workOrder } from './work-order.js';

export interface OrderMakerServices {
  readonly runner: DeciderRunner;
  readonly store: EventStore;
  readonly requests: GenerationRequests;
  readonly dataKeys: DataKeys;
  readonly catalogue: ModelCatalogue;
  readonly queue: WorkQueue;
  readonly failures: AttemptFailures;
  readonly identities: Pick<CharacterIdentities, 'embeddingOf'>;
  readonly clock: Clock;
  readonly rules: Pick<AttemptRules, 'failures' | 'rendersUnanswered'>;
  readonly leaseSeconds: number;
  readonly previewStage: Pick<PreviewStage, 'isOpen'>;
}

/** An item that could not be handed out must not stand before all others. */
const PUT_BACK_MS = 5_000;

/** Makes orders of what the queue has leased to a worker. */
export class OrderMaker {
  constructor(private readonly services: OrderMakerServices) {}

  /** Undefined when there is nothing to be done for the item. */
  async prepare(lease: Lease): Promise<WorkOrder | undefined> {
    try {
      const view = await loadGeneration(this.services.store, lease.id);
      if (view === undefined) return await this.drop(lease, 'its generation does not exist');
      if (isTerminal(view.status)) {
        return await this.drop(lease, `its generation has ended: ${view.status}`, view);
      }
      return await this.order(lease, view);
    } catch (error) {
      const readyAt = new Date(this.services.clock.now().getTime() + PUT_BACK_MS);
      await this.services.queue.release([{ ...unused(lease), readyAt }]).catch(() => undefined);
      throw error;
    }
  }

  private async order(lease: Lease, view: GenerationView): Promise<WorkOrder | undefined> {
    const { catalogue, leaseSeconds, previewStage } = this.services;
    const input = await this.input(view);
    if (input === 'erased') return this.drop(lease, 'its content was erased', view);
    const attempt = await this.lease(lease, view);
    if (attempt === undefined) return undefined;
    if (input === 'unreadable') return this.refuse(lease, view, 'its content cannot be opened');
    const model = catalogue.resolve(view.model);
    if (model === undefined) {
      return this.refuse(lease, view, `model ${view.model} is not in the catalogue any more`);
    }
    const identity = await this.identity(input, model);
    const unresolved = await this.unresolved(lease, attempt);
    const isShown = previewStage.isOpen && !view.parameters.video;
    const previews = isShown || undefined;
    const granted = { fence: lease.fence, attempt, leaseSeconds, unresolved, previews };
    return workOrder(granted, view, input, model, identity);
  }

  private async unresolved(lease: Lease, attempt: number): Promise<UnresolvedCall | undefined> {
    if (attempt === 1) return undefined;
    const { unresolvedAttempt } = await readJob(this.services.runner, lease.id);
    if (unresolvedAttempt === null) return undefined;
    const { failures, rendersUnanswered } = this.services.rules;
    const isLast = attempt >= failures.unknown.retry.attempts;
    return { attempt: unresolvedAttempt, rendersAnyway: rendersUnanswered && isLast };
  }

  private async identity({ character }: ConfidentialInput, model: ModelEntry) {
    if (character === undefined || model.kind !== 'image' || !model.identity) return undefined;
    const embedding = await this.services.identities.embeddingOf(character);
    return { description: character.description, embedding };
  }

  private async input(view: GenerationView): Promise<ConfidentialInput | 'erased' | 'unreadable'> {
    try {
      return (await openInputs(this.services.dataKeys, [view])).get(view.id) ?? 'erased';
    } catch (error) {
      if (error instanceof UnsealFailed) return 'unreadable';
      throw error;
    }
  }

  /** Number of the attempt; undefined when the job's stream refuses the lease. */
  private async lease(lease: Lease, view: GenerationView): Promise<number | undefined> {
    const { runner, queue, clock } = this.services;
    const { id, workerId, fence } = lease;
    const command = { type: 'LeaseJob', workerId, fence, now: clock.now().toISOString() } as const;
    const context = leaseContext(lease, lease.workerId, view);
    const result = await runner.run(jobStream, id, command, context);
    const leased = result.kind === 'accepted' ? result.events.at(-1) : undefined;
    if (leased?.type === 'JobLeased') return leased.data.attempt;
    const job = await readJob(runner, id);
    if (standingOf(job, fence) === 'held') return job.attempt;
    if (isOpenJob(job)) await queue.release([unused(lease)]);
    else await queue.remove([id]);
    return undefined;
  }

  private async drop(lease: Lease, reason: string, view?: GenerationView): Promise<undefined> {
    const context = leaseContext(lease, lease.workerId, view ?? { correlationId: lease.id });
    await this.services.runner.run(jobStream, lease.id, { type: 'CancelJob', reason }, context);
    await this.services.queue.remove([lease.id]);
  }

  private async refuse(lease: Lease, view: GenerationView, message: string): Promise<undefined> {
    const context = leaseContext(lease, lease.workerId, view);
    const failure = { failureClass: 'infrastructure', message } as const;
    await this.services.failures.end(lease, failure, () => context);
  }

  /** The worker went away while its orders were made: others need not wait for the lease to run out. */
  async takeBack(workerId: string, orders: readonly WorkOrder[]): Promise<void> {
    const message = `worker ${workerId} went away before it had its order`;
    const failure = {
      failureClass: 'infrastructure',
      message,
      countedAs: 'unclaimed',
      atOnce: true,
    } as const;
    for (const { jobId: id, fence } of orders) {
      const facts = await this.services.requests.get(id);
      const context = leaseContext({ id, fence }, workerId, facts);
      await this.services.failures.end({ id, fence }, failure, () => context);
    }
  }
}

/** No worker ever saw it: nothing of its tenant's share was used. */
export function unused(lease: Lease): SpentLease {
  return { ...lease, cost: 0 };
}
