import { isTerminal } from '@imprest/domain';
import type { CharacterIdentities } from '../characters/character-identities.js';
import { UnsealFailed } from '../confidential/index.js';
import { deadline } from '../deadline.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import { type ConfidentialInput, openInputs } from '../generations/confidential-input.js';
import type { GenerationView } from '../generations/generation-view.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import type { ModelCatalogue, ModelEntry } from '../ports/model-catalogue.js';
import type { Lease, SpentLease, WorkQueue } from '../ports/work-queue.js';
import type { AttemptFailures } from './attempt-failures.js';
import type { GenerationRequests } from './generation-requests.js';
import { isOpenJob, readJob, standingOf } from './job-standing.js';
import { lanesServed, type WorkerAbilities } from './lanes-served.js';
import { leaseContext } from './lease-context.js';
import type { OrchestrationObserver } from './orchestration-observer.js';
import { ReadySignal } from './ready-signal.js';
import { type WorkOrder, workOrder } from './work-order.js';
import { holderOf, workerOf } from './worker-session.js';

export interface WorkDispatchServices {
  readonly runner: DeciderRunner;
  readonly store: EventStore;
  readonly requests: GenerationRequests;
  readonly dataKeys: DataKeys;
  readonly catalogue: ModelCatalogue;
  readonly queue: WorkQueue;
  readonly failures: AttemptFailures;
  readonly identities: Pick<CharacterIdentities, 'embeddingOf'>;
  readonly clock: Clock;
  readonly observer: OrchestrationObserver;
  readonly leaseSeconds: number;
}

export interface WorkRequest extends WorkerAbilities {
  readonly workerId: string;
  /** Which process works under that name; see holderOf. */
  readonly session?: string;
  /** Most orders to hand out. */
  readonly limit: number;
  /** How long to wait for work; 0 looks once. */
  readonly waitMs: number;
  /** Aborted when the worker has gone away or the process is to end. */
  readonly signal: AbortSignal;
}

interface QueueRequest {
  /** Under what name the queue keeps the leases. */
  readonly workerId: string;
  readonly lanes: readonly string[] | undefined;
  readonly limit: number;
}

interface Taken {
  /** Items the queue handed out, those that turned out to be no work included. */
  readonly leased: number;
  readonly orders: readonly WorkOrder[];
}

/** Work that became ready without a signal, after a retry's delay for one, waits this long at most. */
const LOOK_AGAIN_MS = 1_000;

/** An item that could not be handed out must not stand before all others. */
const PUT_BACK_MS = 5_000;

/** Name under which the system itself takes work that no worker can do. */
const SYSTEM = 'orchestrator';

/** Hands queued jobs to workers that ask for them. */
export class WorkDispatch {
  private readonly ready = new ReadySignal();
  private readonly forget: () => void;

  constructor(private readonly services: WorkDispatchServices) {
    this.forget = services.queue.onReady(() => this.ready.raise());
  }

  /**
   * Orders for up to `limit` jobs, as soon as there is one; none when the wait is over.
   * @throws DomainFailure validation_error when the worker can do nothing that is sold
   */
  async request(request: WorkRequest): Promise<readonly WorkOrder[]> {
    const { workerId, limit, waitMs, signal } = request;
    const patience = deadline(waitMs, signal);
    const listening = this.ready.listen();
    try {
      for (;;) {
        // Anew each time: the catalogue may change while the worker waits.
        const lanes = lanesServed(this.services.catalogue, request);
        const holder = holderOf(workerId, request.session);
        const { leased, orders } = await this.take({ workerId: holder, lanes, limit }, signal);
        if (signal.aborted) {
          await this.takeBack(workerId, orders);
          return [];
        }
        if (orders.length > 0 || patience.signal.aborted) return orders;
        if (leased === 0) await listening.wait(LOOK_AGAIN_MS, patience.signal);
      }
    } finally {
      listening.end();
      patience.end();
    }
  }

  /** Jobs of models that have left the catalogue: no worker asks for them, so they end here. */
  async endUnknownModels(): Promise<void> {
    const { queue, catalogue } = this.services;
    const lanes = (await queue.depth())
      .filter(({ lane, ready }) => ready > 0 && catalogue.resolve(lane) === undefined)
      .map(({ lane }) => lane);
    if (lanes.length === 0) return;
    const never = new AbortController().signal;
    await this.take({ workerId: SYSTEM, lanes, limit: 64 }, never);
  }

  close(): void {
    this.forget();
  }

  private async take(request: QueueRequest, signal: AbortSignal): Promise<Taken> {
    const { queue, leaseSeconds, observer } = this.services;
    const leases = await queue.lease({ ...request, leaseMs: leaseSeconds * 1000 });
    if (signal.aborted) {
      await queue.release(leases.map(unused));
      return { leased: leases.length, orders: [] };
    }
    const workerId = workerOf(request.workerId);
    const prepared = await Promise.allSettled(
      leases.map((lease) => this.prepare({ ...lease, workerId })),
    );
    const orders: WorkOrder[] = [];
    const failures: unknown[] = [];
    for (const result of prepared) {
      if (result.status === 'rejected') failures.push(result.reason);
      else if (result.value !== undefined) orders.push(result.value);
    }
    if (orders.length === 0 && failures.length > 0) throw failures[0];
    for (const failure of failures) observer.troubled('handing out a job', failure);
    return { leased: leases.length, orders };
  }

  /** Undefined when there is nothing to be done for the item. */
  private async prepare(lease: Lease): Promise<WorkOrder | undefined> {
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
    const { catalogue, leaseSeconds } = this.services;
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
    return workOrder({ fence: lease.fence, attempt, leaseSeconds }, view, input, model, identity);
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
  private async takeBack(workerId: string, orders: readonly WorkOrder[]): Promise<void> {
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
function unused(lease: Lease): SpentLease {
  return { ...lease, cost: 0 };
}
