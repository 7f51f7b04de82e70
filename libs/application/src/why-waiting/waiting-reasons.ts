import { domainError, isTerminal, type JobStatus, noDeadlines } from '@imprest/domain';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import type { GenerationView } from '../generations/generation-view.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { ModelBreakers } from '../model-breakers/model-breakers.js';
import { readJob } from '../orchestration/job-standing.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import type { WorkQueue } from '../ports/work-queue.js';
import type { LinePlace, QueuePlace } from '../queue-places/index.js';
import type { WorkerFleet } from '../workers/worker-fleet.js';
import { isOfTheLine, type Waiting, type WaitingFacts, whyWaiting } from './why-waiting.js';

export interface WaitingReasonsServices {
  readonly runner: DeciderRunner;
  readonly store: EventStore;
  readonly queue: Pick<WorkQueue, 'standing'>;
  readonly fleet: Pick<WorkerFleet, 'current'>;
  readonly catalogue: Pick<ModelCatalogue, 'resolve'>;
  readonly breakers: Pick<ModelBreakers, 'standing'>;
  readonly clock: Clock;
}

/** Why a job waits, for operators. */
export interface WhyAnswer {
  readonly id: string;
  readonly model: string;
  readonly status: JobStatus;
  /** So far. */
  readonly attempts: number;
  /** The worker that is at it; null while it waits. */
  readonly workerId: string | null;
  /** In the order of fair share; null for what is not in line. */
  readonly position: number | null;
  /** What counts first; empty for what does not wait. */
  readonly reasons: readonly Waiting[];
}

type Asked = Pick<GenerationView, 'model' | 'deadlines'>;

/** Where a queued generation stands and what keeps it from beginning, for its tenant. */
export interface ToldPlace {
  /** Without a time where `waiting` is none of the line: it would pass, and nothing begin. */
  readonly queue: QueuePlace;
  readonly waiting: Waiting;
}

const NO_TIME = { estimatedStart: null, estimatedFinish: null, errorSeconds: null };

type ModelFacts = Pick<
  WaitingFacts,
  'model' | 'sold' | 'breaker' | 'workers' | 'deadlines' | 'now'
>;

/** Gathers what `whyWaiting` tells by. */
export class WaitingReasons {
  constructor(private readonly services: WaitingReasonsServices) {}

  /** @throws DomainFailure not_found */
  async of(id: string): Promise<WhyAnswer> {
    const { runner, store, queue } = this.services;
    const view = await loadGeneration(store, id);
    if (view === undefined) {
      throw new DomainFailure(domainError('not_found', `there is no generation ${id}`));
    }
    const job = await readJob(runner, id);
    const { status, attempt: attempts, workerId } = job;
    const told = { id, model: view.model, status, attempts, workerId };
    if (isTerminal(view.status) || status === 'leased') {
      return { ...told, position: null, reasons: [] };
    }
    const standing = await queue.standing(id);
    const place = standing && {
      position: standing.position,
      atCap: standing.atCap,
      ...(standing.state === 'delayed' && { readyAt: standing.readyAt.toISOString() }),
    };
    const reasons = whyWaiting({ ...(await this.ofModel(view)), place, job });
    return { ...told, position: standing?.position ?? null, reasons };
  }

  /** The place with the reason that counts first, as a tenant may know it. */
  async forTenant(view: Asked, { atCap, readyAt, ...queue }: LinePlace): Promise<ToldPlace> {
    const place = { position: queue.position, atCap, ...(readyAt !== undefined && { readyAt }) };
    const [waiting] = whyWaiting({ ...(await this.ofModel(view)), place });
    return { queue: isOfTheLine(waiting) ? queue : { ...queue, ...NO_TIME }, waiting };
  }

  private async ofModel(view: Asked): Promise<ModelFacts> {
    const { catalogue, fleet, breakers, clock } = this.services;
    const { model, deadlines = noDeadlines } = view;
    const entry = catalogue.resolve(model);
    const { loaded, idle, free } = (await fleet.current()).of(model);
    return {
      model,
      sold: entry === undefined ? 'gone' : entry.enabled ? 'on' : 'off',
      breaker: await breakers.standing(model),
      workers: { able: free.size, loaded: loaded.size, idle: idle.size },
      deadlines,
      now: clock.now().toISOString(),
    };
  }
}
