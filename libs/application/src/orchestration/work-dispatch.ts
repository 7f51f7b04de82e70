import { deadline } from '../deadline.js';
import type { BreakerProbes } from '../model-breakers/breaker-probes.js';
import type { Clock } from '../ports/clock.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import type { Lease, WorkQueue } from '../ports/work-queue.js';
import type { ResidentModel } from '../ports/worker-registry.js';
import type { WorkerAbilities } from './lanes-served.js';
import type { OrchestrationObserver } from './orchestration-observer.js';
import { OrderMaker, type OrderMakerServices, unused } from './order-maker.js';
import { ReadySignal } from './ready-signal.js';
import type { LaneScheduler } from './scheduling/lane-scheduler.js';
import { leaseInOrder } from './scheduling/lease-in-order.js';
import type { WorkOrder } from './work-order.js';
import { holderOf, workerOf } from './worker-session.js';

export interface WorkDispatchServices extends OrderMakerServices {
  readonly queue: WorkQueue;
  readonly catalogue: ModelCatalogue;
  readonly scheduler: LaneScheduler;
  readonly probes: BreakerProbes;
  readonly clock: Clock;
  readonly observer: OrchestrationObserver;
  readonly leaseSeconds: number;
}

export interface WorkRequest extends WorkerAbilities {
  readonly workerId: string;
  /** Which process works under that name; see holderOf. */
  readonly session?: string;
  /** Slots to fill: as many orders at most. */
  readonly limit: number;
  /** Models that the worker has now; as the registry knows them when absent. */
  readonly residency?: readonly ResidentModel[];
  /** How long to wait for work; 0 looks once. */
  readonly waitMs: number;
  /** Aborted when the worker has gone away or the process is to end. */
  readonly signal: AbortSignal;
}

interface Taken {
  /** Items the queue handed out, those that turned out to be no work included. */
  readonly leased: number;
  readonly orders: readonly WorkOrder[];
}

/** Work that became ready without a signal, after a retry's delay for one, waits this long at most. */
const LOOK_AGAIN_MS = 1_000;

/** Name under which the system itself takes work that no worker can do. */
const SYSTEM = 'orchestrator';

/** Hands queued jobs to workers that ask for them. */
export class WorkDispatch {
  private readonly ready = new ReadySignal();
  private readonly orders: OrderMaker;
  private readonly forget: () => void;

  constructor(private readonly services: WorkDispatchServices) {
    this.orders = new OrderMaker(services);
    this.forget = services.queue.onReady(() => this.ready.raise());
  }

  /**
   * Orders for up to `limit` jobs, as soon as there is one; none when the wait is over.
   * @throws DomainFailure validation_error when the worker can do nothing that is sold
   */
  async request(request: WorkRequest): Promise<readonly WorkOrder[]> {
    const { workerId, waitMs, signal } = request;
    const patience = deadline(waitMs, signal);
    const listening = this.ready.listen();
    try {
      for (;;) {
        // Anew each time: catalogue, queue and workers may change while this one waits.
        const { leased, orders } = await this.take(await this.lease(request), signal);
        if (signal.aborted) {
          await this.orders.takeBack(workerId, orders);
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
    const { signal } = new AbortController();
    const request = { workerId: SYSTEM, lanes, limit: 64, leaseMs: this.leaseMs };
    await this.take(await queue.lease(request), signal);
  }

  close(): void {
    this.forget();
  }

  private async lease(request: WorkRequest): Promise<readonly Lease[]> {
    const { queue, scheduler, probes, observer } = this.services;
    const choice = await scheduler.choose(request);
    const workerId = holderOf(request.workerId, request.session);
    const probe = await probes.lease(choice.probes, workerId, this.leaseMs);
    if (probe !== undefined) return [probe];
    const slotCost = (lane: string) => scheduler.slotCost(lane);
    const leases = await leaseInOrder(choice, request.limit, slotCost, (lanes, limit) =>
      queue.lease({ workerId, lanes, limit, leaseMs: this.leaseMs }),
    );
    const [first] = leases;
    if (first !== undefined && choice.swaps.has(first.lane)) observer.modelSwapped(first.lane);
    return leases;
  }

  private async take(leases: readonly Lease[], signal: AbortSignal): Promise<Taken> {
    if (signal.aborted) {
      await this.services.queue.release(leases.map(unused));
      return { leased: leases.length, orders: [] };
    }
    const prepared = await Promise.allSettled(
      leases.map((lease) => this.orders.prepare({ ...lease, workerId: workerOf(lease.workerId) })),
    );
    const orders: WorkOrder[] = [];
    const failures: unknown[] = [];
    for (const result of prepared) {
      if (result.status === 'rejected') failures.push(result.reason);
      else if (result.value !== undefined) orders.push(result.value);
    }
    if (orders.length === 0 && failures.length > 0) throw failures[0];
    for (const failure of failures) this.services.observer.troubled('handing out a job', failure);
    return { leased: leases.length, orders };
  }

  private get leaseMs(): number {
    return this.services.leaseSeconds * 1_000;
  }
}
