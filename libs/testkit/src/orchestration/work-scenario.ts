import {
  type AttemptAnswer,
  type AttemptOutcome,
  type CheckpointStore,
  DeciderRunner,
  defaultShare,
  EncryptedAssets,
  type EventStore,
  type ModelCatalogue,
  Orchestration,
  type OrchestrationOptions,
  type Reactor,
  START_OF_STORE,
  StoredReferences,
  TenantShares,
  WithheldOutputs,
  WorkCosts,
  type WorkerRegistry,
  type WorkOrder,
  type WorkQueue,
  type WorkRequest,
} from '@imprest/application';
import type { DeadlineKind, Deadlines, GenerationParameters } from '@imprest/domain';
import { imageModel, videoModel } from '../builders/model-entry.js';
import { type FixedClock, fixedClock } from '../fixed-clock.js';
import { InMemoryAssetStore } from '../in-memory-asset-store.js';
import { InMemoryCheckpointStore } from '../in-memory-checkpoint-store.js';
import { InMemoryCostHistory } from '../in-memory-cost-history.js';
import { InMemoryDataKeys } from '../in-memory-data-keys.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { InMemoryPreviewStore } from '../in-memory-preview-store.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { InMemoryWorkQueue } from '../in-memory-work-queue.js';
import { InMemoryWorkerRegistry } from '../in-memory-worker-registry.js';
import { shortPatience } from './attempt-rules.js';
import { imageOf, labelledPreviewStage, labelledStage } from './labelled-image.js';
import { PRICE_PER_IMAGE, TenantRequests, VIDEO_MODEL } from './tenant-requests.js';

export const MODEL = 'landscape-1';

/** `landscape-1`, at 10 tokens an image, and `motion-1`, at 5 tokens a second. */
export const twoModels: ModelCatalogue = {
  aliases: [MODEL, VIDEO_MODEL],
  defaultVideo: VIDEO_MODEL,
  priceBook: {
    version: '2026-01',
    models: { [MODEL]: { perImage: { '2K': PRICE_PER_IMAGE, '4K': 20n, custom: 10n } } },
    clips: { [VIDEO_MODEL]: { perSecond: 5n } },
  },
  resolve: (alias = MODEL) => {
    if (alias === MODEL) return imageModel({ alias });
    return alias === VIDEO_MODEL ? videoModel({ alias }) : undefined;
  },
};

export interface Engines {
  readonly store: EventStore;
  readonly queue: WorkQueue;
  readonly deadlineQueue: WorkQueue;
  readonly registry: WorkerRegistry;
  readonly checkpoints: CheckpointStore;
}

/** A tenant with tokens, its requests, the orchestration between them, and a worker in the test's hands. */
export class WorkScenario extends TenantRequests {
  readonly outcomes: AttemptOutcome[] = [];
  readonly missed: DeadlineKind[] = [];
  readonly troubles: string[] = [];
  readonly swaps: string[] = [];
  readonly orchestration: Orchestration;
  readonly previews: InMemoryPreviewStore;
  private readonly positions = new Map<string, bigint>();

  private constructor(
    readonly engines: Engines,
    readonly clock: FixedClock,
    readonly runner: DeciderRunner,
    readonly dataKeys: InMemoryDataKeys,
    readonly blobs: InMemoryAssetStore,
    readonly assets: EncryptedAssets,
    overrides: Partial<OrchestrationOptions>,
  ) {
    super({ store: engines.store, runner, dataKeys, clock, model: MODEL });
    this.previews = new InMemoryPreviewStore(clock);
    this.orchestration = new Orchestration({
      ...engines,
      runner,
      dataKeys,
      assets,
      references: new StoredReferences(assets, blobs, new Uint8Array(32).fill(9)),
      catalogue: twoModels,
      shares: new TenantShares(runner, engines.store, engines.queue, () => defaultShare),
      costs: new WorkCosts({ history: new InMemoryCostHistory(), catalogue: twoModels, clock }),
      secrets: { assetUrlKey: new Uint8Array(32).fill(7) },
      clock,
      rules: shortPatience,
      leaseSeconds: 30,
      random: () => 0.5,
      stage: labelledStage(),
      previewStage: labelledPreviewStage(),
      previews: this.previews,
      withheld: new WithheldOutputs(assets, blobs, 30),
      observer: {
        attemptEnded: (outcome) => this.outcomes.push(outcome),
        deadlineMissed: (deadline) => this.missed.push(deadline),
        modelSwapped: (model) => this.swaps.push(model),
        troubled: (what) => this.troubles.push(what),
      },
      ...overrides,
    });
  }

  /** All in memory. */
  static async begin(overrides: Partial<OrchestrationOptions> = {}): Promise<WorkScenario> {
    const clock = fixedClock();
    const store = new InMemoryEventStore(undefined, clock);
    const queue = new InMemoryWorkQueue(clock);
    const deadlineQueue = new InMemoryWorkQueue(clock);
    const checkpoints = new InMemoryCheckpointStore();
    const registry = new InMemoryWorkerRegistry(clock);
    const engines = { store, queue, deadlineQueue, registry, checkpoints };
    const snapshots = new InMemorySnapshotStore();
    const runner = new DeciderRunner({ store, snapshots, clock });
    const dataKeys = new InMemoryDataKeys();
    const blobs = new InMemoryAssetStore();
    const assets = new EncryptedAssets(blobs, dataKeys);
    const scenario = new WorkScenario(engines, clock, runner, dataKeys, blobs, assets, overrides);
    await scenario.openAccount();
    return scenario;
  }

  /** A request whose job is in the queue. @returns its id */
  async queued(
    parameters: Partial<GenerationParameters> = {},
    deadlines?: Deadlines,
  ): Promise<string> {
    const id = await this.request(parameters, deadlines);
    await this.react();
    return id;
  }

  /** Lets the reactors have all that has happened, until they cause nothing new. */
  async react(...names: readonly string[]): Promise<void> {
    const chosen = this.orchestration.reactors.filter(
      ({ name }) => names.length === 0 || names.includes(name),
    );
    for (let before = -1n; before !== (await this.engines.store.head()); ) {
      before = await this.engines.store.head();
      for (const reactor of chosen) {
        const after = this.positions.get(reactor.name) ?? START_OF_STORE;
        this.positions.set(reactor.name, await this.deliver(reactor, after));
      }
    }
  }

  /** Everything from the start once more, as after a crash that lost every checkpoint. */
  async replay(): Promise<void> {
    for (const reactor of this.orchestration.reactors) await this.deliver(reactor, START_OF_STORE);
  }

  /** Orders that are there now. */
  async lease(request: Partial<WorkRequest> = {}): Promise<readonly WorkOrder[]> {
    const { signal } = new AbortController();
    const defaults = { workerId: 'worker-1', limit: 10, waitMs: 0, signal };
    return this.orchestration.leases.lease({ ...defaults, ...request });
  }

  /** @throws Error when there is no order */
  async leaseOne(request: Partial<WorkRequest> = {}): Promise<WorkOrder> {
    const [order] = await this.lease({ limit: 1, ...request });
    if (order === undefined) throw new Error('there is no work');
    return order;
  }

  /** @returns the receipt. */
  async upload(order: WorkOrder, index: number): Promise<string> {
    const image = imageOf(order.width ?? 2048, order.height ?? 2048, `${order.fence}/${index}`);
    return this.orchestration.leases.output(leaseOf(order), index, image);
  }

  /** Uploads the images of these indexes and reports the others of `lost`. */
  async render(
    order: WorkOrder,
    indexes: readonly number[] = Array.from({ length: order.images }, (_, index) => index),
    lost: readonly number[] = [],
  ): Promise<AttemptAnswer> {
    const receipts: string[] = [];
    for (const index of indexes) receipts.push(await this.upload(order, index));
    return this.orchestration.leases.rendered(leaseOf(order), { receipts, lost });
  }

  private async deliver(reactor: Reactor, after: bigint): Promise<bigint> {
    const { store } = this.engines;
    let position = after;
    const upTo = await store.head();
    const { categories } = reactor;
    for await (const page of store.readAll({ after, upTo, categories })) {
      for (const event of page) await reactor.react(event);
      await reactor.flush?.();
      position = page.at(-1)?.position ?? position;
    }
    return position;
  }
}

export function leaseOf({ jobId, fence }: Pick<WorkOrder, 'jobId' | 'fence'>) {
  return { id: jobId, fence };
}
