import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { GenerationProvider, WorkOrder } from '@imprest/application';
import type { OutgoingHttp } from '@imprest/outgoing-http';
import { noTracing, type Tracing } from '@imprest/platform';
import type { Logger } from 'pino';
import { Backoff } from './orchestrator/backoff.js';
import { OrchestratorClient } from './orchestrator/orchestrator-client.js';
import { Presence, slotsOf } from './presence/presence.js';
import { ResidentModels } from './presence/resident-models.js';
import { OrderRun } from './rendering/order-run.js';

export interface WorkerOptions {
  /** Of the operator's own orchestrator. */
  readonly orchestratorUrl: string;
  readonly workerKey: string;
  readonly workerId: string;
  /** Jobs rendered at once, 1 to 64. */
  readonly slots: number;
  /** By the names that the model catalogue uses. They are the caller's to close. */
  readonly providers: ReadonlyMap<string, GenerationProvider>;
  /** For references, whose URLs tenants have chosen. */
  readonly referenceHttp: Pick<OutgoingHttp, 'download'>;
  readonly logger: Logger;
  /** Memory of its GPUs; not told when absent. */
  readonly vramBytes?: number;
  /** Whatever tells it from others, for operators. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Of the software. */
  readonly version?: string;
  /** None when absent. */
  readonly tracing?: Tracing;
  /** Longest time for one job; 15 minutes when absent. */
  readonly renderTimeoutMs?: number;
  /** Time that running jobs get to finish after `stop`; 25 seconds when absent. */
  readonly drainMs?: number;
  /** Longest time to wait for work at the orchestrator, 0 to 30 seconds; 20 when absent. */
  readonly waitSeconds?: number;
}

export interface WorkerStanding {
  /** Whether the orchestrator has answered the last time it was asked for work; true until it was asked. */
  readonly hasOrchestrator: boolean;
  readonly running: number;
  readonly slots: number;
}

export interface RunningWorker {
  readonly standing: WorkerStanding;
  /**
   * Takes no more work, lets running jobs finish for a while and gives the others back, to be done elsewhere.
   * Safe to call twice.
   */
  stop(): Promise<void>;
}

const RENDER_TIMEOUT_MS = 900_000;
const DRAIN_MS = 25_000;
const WAIT_SECONDS = 20;
/** For what was told to stop, and for the news of it. */
const GIVE_BACK_MS = 8_000;

/** Time for running jobs when stopping must be done within these seconds, giving jobs back included. */
export function drainMsWithin(seconds: number): number {
  return Math.max(1_000, Math.min(DRAIN_MS, seconds * 1_000 - GIVE_BACK_MS - 1_000));
}

/** Asks the orchestrator for work, as much as there are free slots, and does it. */
class Worker implements RunningWorker {
  private readonly client: OrchestratorClient;
  private readonly session = randomUUID();
  private readonly running = new Set<OrderRun>();
  private readonly stopping = new AbortController();
  private readonly stopAsked = new Promise<void>((resolve) => {
    this.stopping.signal.addEventListener('abort', () => resolve());
  });
  private readonly asking: Promise<void>;
  private stopped: Promise<void> | undefined;
  private readonly models = new ResidentModels();
  private readonly presence: Presence;
  private hasOrchestrator = true;

  constructor(private readonly options: WorkerOptions) {
    const { orchestratorUrl: url, workerKey, slots, providers, labels = {} } = options;
    this.client = new OrchestratorClient({ url, workerKey, slots });
    const { workerId, vramBytes, version, logger } = options;
    this.presence = new Presence({
      ...{ workerId, vramBytes, version, logger, slots, labels },
      client: this.client,
      session: this.session,
      providers: [...providers.keys()],
      models: this.models,
      look: (signal) => this.models.ask(providers.values(), signal),
      held: () => [...this.running].map(({ order }) => order),
    });
    this.asking = this.ask();
  }

  get standing(): WorkerStanding {
    const { hasOrchestrator, running, options } = this;
    return { hasOrchestrator, running: running.size, slots: options.slots };
  }

  stop(): Promise<void> {
    this.stopped ??= this.drain();
    return this.stopped;
  }

  private async ask(): Promise<void> {
    const backoff = new Backoff();
    while (!this.stopping.signal.aborted) {
      if (this.presence.isDraining) {
        await Promise.race([this.stopAsked, this.presence.news]);
        continue;
      }
      const free = this.freeSlots;
      if (free <= 0) {
        await Promise.race([this.stopAsked, ...[...this.running].map(({ finished }) => finished)]);
        continue;
      }
      try {
        for (const order of await this.lease(free)) this.start(order);
        this.hasOrchestrator = true;
        backoff.reset();
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        this.hasOrchestrator = false;
        this.options.logger.warn({ err: error }, 'no work to be had');
        await backoff.pause(this.stopping.signal);
      }
    }
  }

  private get freeSlots(): number {
    const used = [...this.running].map(({ order }) => slotsOf(order));
    return this.options.slots - used.reduce((sum, slots) => sum + slots, 0);
  }

  private lease(slots: number): Promise<readonly WorkOrder[]> {
    const { workerId, providers, waitSeconds = WAIT_SECONDS } = this.options;
    const { session } = this;
    const abilities = { providers: [...providers.keys()], slots, residency: this.models.list() };
    const query = { workerId, session, ...abilities, waitSeconds };
    return this.client.lease(query, this.stopping.signal);
  }

  private start(order: WorkOrder): void {
    const { providers, referenceHttp, logger, tracing = noTracing } = this.options;
    const { renderTimeoutMs = RENDER_TIMEOUT_MS } = this.options;
    const engines = { providers, referenceHttp, logger, tracing, models: this.models };
    const services = { client: this.client, renderTimeoutMs, ...engines };
    const run = new OrderRun(services, order);
    this.running.add(run);
    void run.finished.then(() => this.running.delete(run));
    if (this.stopping.signal.aborted) run.stop();
  }

  private async drain(): Promise<void> {
    this.stopping.abort();
    await this.asking;
    const left = this.presence.leave();
    await this.finishedWithin(this.options.drainMs ?? DRAIN_MS);
    for (const run of this.running) run.stop();
    await this.finishedWithin(GIVE_BACK_MS);
    await left;
    await this.client.close();
  }

  private async finishedWithin(ms: number): Promise<void> {
    if (this.running.size === 0) return;
    const enough = new AbortController();
    const all = Promise.all([...this.running].map(({ finished }) => finished));
    const late = setTimeout(ms, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([all, late]);
    enough.abort();
  }
}

/**
 * Begins to work. An orchestrator that cannot be reached is asked again and again, so that workers and
 * orchestrator may start in any order.
 * @throws RangeError when there is no provider or no slot
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { providers, slots } = options;
  if (providers.size === 0) throw new RangeError('a worker needs a provider at least');
  if (!Number.isInteger(slots) || slots < 1 || slots > 64) {
    throw new RangeError('a worker has 1 to 64 slots');
  }
  return new Worker(options);
}
