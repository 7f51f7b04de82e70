import type { AttemptRules } from '@imprest/domain';
import { CharacterIdentities } from '../characters/character-identities.js';
import type { EncryptedAssets } from '../confidential/index.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { BreakerProbes } from '../model-breakers/breaker-probes.js';
import { BreakerWatch } from '../model-breakers/breaker-watch.js';
import { ModelBreakers } from '../model-breakers/model-breakers.js';
import type { WithheldOutputs } from '../moderation/index.js';
import type { OutputStage, PreviewStage } from '../outputs/index.js';
import { PeriodicTask } from '../periodic-task.js';
import type { CheckpointStore } from '../ports/checkpoint-store.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import type { PreviewStore } from '../ports/preview-store.js';
import type { WorkQueue } from '../ports/work-queue.js';
import type { WorkerRegistry } from '../ports/worker-registry.js';
import type { StoredReferences } from '../references/index.js';
import type { Secrets } from '../secrets.js';
import type { TenantShares } from '../tenants/tenant-shares.js';
import { CostLearner } from '../work-costs/cost-learner.js';
import type { WorkCosts } from '../work-costs/work-costs.js';
import { WorkerFleet } from '../workers/worker-fleet.js';
import { WorkerPresence } from '../workers/worker-presence.js';
import { AttemptFailures } from './attempt-failures.js';
import { AttemptOutcomes } from './attempt-outcomes.js';
import { DeadlineSweeper } from './deadline-sweeper.js';
import { GenerationOutcome } from './generation-outcome.js';
import { GenerationRequests } from './generation-requests.js';
import { JobCanceller } from './job-canceller.js';
import { JobDeadlines } from './job-deadlines.js';
import { JobEnqueuer } from './job-enqueuer.js';
import { JobIdentities } from './job-identities.js';
import { JobLeases } from './job-leases.js';
import { JobOutputs } from './job-outputs.js';
import { JobPreviews } from './job-previews.js';
import { JobReconciler } from './job-reconciler.js';
import { JobReferences } from './job-references.js';
import { JobUploads } from './job-uploads.js';
import { LeaseHeartbeats } from './lease-heartbeats.js';
import { LeaseSweeper } from './lease-sweeper.js';
import { LeaseWatch } from './lease-watch.js';
import type { OrchestrationObserver } from './orchestration-observer.js';
import { LaneScheduler } from './scheduling/lane-scheduler.js';
import { Settlement } from './settlement.js';
import { UnclaimedLeases } from './unclaimed-leases.js';
import { UploadReceipts } from './upload-receipts.js';
import { WorkDispatch } from './work-dispatch.js';

export interface OrchestrationOptions {
  readonly runner: DeciderRunner;
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly queue: WorkQueue;
  readonly deadlineQueue: WorkQueue;
  readonly registry: WorkerRegistry;
  readonly dataKeys: DataKeys;
  readonly assets: EncryptedAssets;
  readonly references: Pick<StoredReferences, 'read'>;
  readonly catalogue: ModelCatalogue;
  readonly costs: WorkCosts;
  readonly shares: Pick<TenantShares, 'repair'>;
  readonly secrets: Pick<Secrets, 'assetUrlKey'>;
  readonly clock: Clock;
  readonly rules: AttemptRules;
  readonly leaseSeconds: number;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  /** What uploads go through before they are stored. */
  readonly stage: OutputStage;
  /** What previews go through before they are shown. */
  readonly previewStage: PreviewStage;
  readonly previews: PreviewStore;
  /** Where what it withholds waits for a moderator. */
  readonly withheld: Pick<WithheldOutputs, 'keep'>;
  readonly observer: OrchestrationObserver;
}

const SWEEP_MS = 1_000;
const RECONCILE_MS = 60_000;

/** From a hold to a settled hold: all parts of it, put together in one place. */
export class Orchestration {
  readonly reactors: readonly Reactor[];
  readonly leases: JobLeases;
  readonly presence: WorkerPresence;
  readonly sweeper: LeaseSweeper;
  readonly deadlines: DeadlineSweeper;
  readonly reconciler: JobReconciler;
  readonly breakers: ModelBreakers;
  private readonly dispatch: WorkDispatch;
  private readonly shares: Pick<TenantShares, 'repair'>;
  private readonly previews: Pick<PreviewStore, 'sweep'>;
  private readonly tasks: readonly PeriodicTask[];
  private readonly stopping = new AbortController();

  constructor(options: OrchestrationOptions) {
    const { runner, store, queue, clock, observer } = options;
    this.shares = options.shares;
    this.previews = options.previews;
    const requests = new GenerationRequests(store);
    const receipts = new UploadReceipts(options.secrets);
    const outputs = new JobOutputs({ ...options, requests, receipts });
    const failures = new AttemptFailures({ ...options, outputs });
    const identities = new CharacterIdentities(runner, options.dataKeys);
    const troubled = (what: string, error: unknown) => observer.troubled(what, error);
    const fleet = new WorkerFleet({ ...options, troubled });
    const breakers = new ModelBreakers(store, clock);
    this.breakers = breakers;
    const services = { ...options, requests, outputs, failures, identities, fleet, breakers };
    const scheduler = new LaneScheduler(services);
    const probes = new BreakerProbes(services);
    this.dispatch = new WorkDispatch({ ...services, scheduler, probes });
    this.sweeper = new LeaseSweeper(services);
    const unclaimed = new UnclaimedLeases({ ...services, sweeper: this.sweeper });
    this.presence = new WorkerPresence({ ...services, unclaimed });
    const outcomes = new AttemptOutcomes(services);
    const watch = new LeaseWatch(runner);
    this.leases = new JobLeases(
      this.dispatch,
      new LeaseHeartbeats(services),
      new JobUploads({ ...services, outcomes }),
      outcomes,
      new JobReferences(options),
      new JobIdentities(services),
      watch,
      new JobPreviews(services),
    );
    const deadlines = new JobDeadlines(options.deadlineQueue, requests, clock);
    this.reconciler = new JobReconciler(store, queue, deadlines, options.checkpoints, clock);
    this.deadlines = new DeadlineSweeper({ ...services, watch });
    this.reactors = [
      new JobEnqueuer(runner, store, queue, deadlines, requests, options.costs),
      new GenerationOutcome(services),
      new Settlement(runner, requests),
      new JobCanceller(runner, queue, watch),
      new CostLearner(requests, options.costs),
      new BreakerWatch(services),
    ];
    this.tasks = [
      new PeriodicTask(
        SWEEP_MS,
        () => this.sweeper.sweep(),
        (error) => observer.troubled('sweeping silent leases', error),
      ),
      new PeriodicTask(
        SWEEP_MS,
        () => this.deadlines.sweep(),
        (error) => observer.troubled('sweeping deadlines', error),
      ),
      new PeriodicTask(
        RECONCILE_MS,
        () => this.mend(),
        (error) => observer.troubled('reconciling the job queue', error),
      ),
    ];
  }

  /** Begins what runs by itself: the sweepers each second, the reconciler each minute. */
  start(): void {
    for (const task of this.tasks) task.start();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.dispatch.close();
    await this.presence.flush();
    await Promise.all(this.tasks.map((task) => task.stop()));
  }

  /** Brings queue and catalogue in line with what the streams say, and takes previews away that nobody watches. */
  async mend(): Promise<void> {
    await this.previews.sweep();
    await this.shares.repair(this.stopping.signal);
    await this.reconciler.reconcile(this.stopping.signal);
    await this.dispatch.endUnknownModels();
  }
}
