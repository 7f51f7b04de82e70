import {
  type AttemptAnswer,
  type AttemptOutcome,
  type CheckpointStore,
  type CommandContext,
  DeciderRunner,
  derivedId,
  EncryptedAssets,
  type EventStore,
  type GenerationView,
  generationStream,
  jobStream,
  loadGeneration,
  type ModelCatalogue,
  NO_STREAM,
  Orchestration,
  type OrchestrationOptions,
  type Reactor,
  START_OF_STORE,
  sealInput,
  tokenAccountStream,
  type WorkOrder,
  type WorkQueue,
  type WorkRequest,
} from '@imprest/application';
import type { GenerationParameters, JobState, RetryPolicy } from '@imprest/domain';
import { streamName, toEnvelope } from '@imprest/event-catalogue';
import { tenantId } from '../builders/identifiers.js';
import { generationParameters, generationRequest, priceQuote } from '../builders/index.js';
import { type FixedClock, fixedClock } from '../fixed-clock.js';
import { InMemoryAssetStore } from '../in-memory-asset-store.js';
import { InMemoryDataKeys } from '../in-memory-data-keys.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { InMemoryWorkQueue } from '../in-memory-work-queue.js';
import { imageOf, inspectImage } from './labelled-image.js';

export const MODEL = 'landscape-1';
export const PRICE_PER_IMAGE = 10n;

/** One model, `landscape-1`, at 10 tokens an image. */
export const oneModel: ModelCatalogue = {
  aliases: [MODEL],
  priceBook: {
    version: '2026-01',
    models: { [MODEL]: { perImage: { '2K': PRICE_PER_IMAGE, '4K': 20n, custom: 10n } } },
  },
  resolve: (alias = MODEL) =>
    alias === MODEL
      ? {
          alias: MODEL,
          provider: 'painter',
          providerModel: 'painter-v1',
          mediaType: 'image/png',
        }
      : undefined,
};

/** Two attempts for everything that may pass, half a second apart; one for the rest. */
const shortPatience: RetryPolicy = {
  user: { attempts: 1, firstDelayMs: 0, longestDelayMs: 0 },
  moderation: { attempts: 1, firstDelayMs: 0, longestDelayMs: 0 },
  cancelled: { attempts: 1, firstDelayMs: 0, longestDelayMs: 0 },
  model: { attempts: 2, firstDelayMs: 500, longestDelayMs: 500 },
  timeout: { attempts: 2, firstDelayMs: 500, longestDelayMs: 500 },
  infrastructure: { attempts: 2, firstDelayMs: 500, longestDelayMs: 500 },
};

export const byTest: CommandContext = {
  correlationId: 'request-1',
  causationId: 'request-1',
  actor: { kind: 'apiKey', id: 'key_test' },
};

export interface Engines {
  readonly store: EventStore;
  readonly queue: WorkQueue;
  readonly checkpoints: CheckpointStore;
}

class InMemoryCheckpoints implements CheckpointStore {
  private readonly positions = new Map<string, bigint>();

  async load(consumer: string): Promise<bigint> {
    return this.positions.get(consumer) ?? START_OF_STORE;
  }

  async save(consumer: string, position: bigint): Promise<void> {
    if (position > (await this.load(consumer))) this.positions.set(consumer, position);
  }

  async advance(): Promise<void> {
    throw new Error('checkpoints in memory have no transactions for projectors');
  }
}

/** A tenant with tokens, its requests, the orchestration between them, and a worker in the test's hands. */
export class WorkScenario {
  readonly blobs = new InMemoryAssetStore();
  readonly dataKeys = new InMemoryDataKeys();
  readonly assets = new EncryptedAssets(this.blobs, this.dataKeys);
  readonly outcomes: AttemptOutcome[] = [];
  readonly troubles: string[] = [];
  readonly runner: DeciderRunner;
  readonly orchestration: Orchestration;
  private readonly positions = new Map<string, bigint>();
  private requests = 0;

  private constructor(
    readonly engines: Engines,
    readonly clock: FixedClock,
    overrides: Partial<OrchestrationOptions>,
  ) {
    const { store } = engines;
    const snapshots = new InMemorySnapshotStore();
    this.runner = new DeciderRunner({ store, snapshots, clock });
    this.orchestration = new Orchestration({
      ...engines,
      runner: this.runner,
      dataKeys: this.dataKeys,
      assets: this.assets,
      catalogue: oneModel,
      secrets: { assetUrlKey: new Uint8Array(32).fill(7) },
      clock,
      retryPolicy: shortPatience,
      leaseSeconds: 30,
      random: () => 0.5,
      inspect: inspectImage,
      observer: {
        attemptEnded: (outcome) => this.outcomes.push(outcome),
        troubled: (what) => this.troubles.push(what),
      },
      ...overrides,
    });
  }

  /** All in memory unless engines are given. The tenant begins with 1,000 purchased tokens. */
  static async begin(
    overrides: Partial<OrchestrationOptions> & { engines?: Engines; clock?: FixedClock } = {},
  ): Promise<WorkScenario> {
    const { engines, clock = fixedClock(), ...rest } = overrides;
    const inMemory = () => ({
      store: new InMemoryEventStore(undefined, clock),
      queue: new InMemoryWorkQueue(clock),
      checkpoints: new InMemoryCheckpoints(),
    });
    const scenario = new WorkScenario(engines ?? inMemory(), clock, rest);
    const { runner } = scenario;
    await runner.run(tokenAccountStream, tenantId, { type: 'OpenAccount', tenantId }, byTest);
    const paid = { minorUnits: 1_000n, currency: 'EUR' };
    const purchase = { lotId: 'lot_1', tokens: 1_000n, paid, paymentId: 'pay_1' } as const;
    await runner.run(tokenAccountStream, tenantId, { type: 'PurchaseTokens', ...purchase }, byTest);
    return scenario;
  }

  /** The request alone, without its hold. @returns its id */
  async ask(parameters: Partial<GenerationParameters> = {}): Promise<string> {
    this.requests += 1;
    const id = derivedId('req', String(this.requests));
    const key = this.dataKeys.take();
    const references = Array.from(
      { length: parameters.referencesCount ?? 0 },
      (_, n) => `https://images.example.com/${n + 1}.png`,
    );
    const input = {
      prompt: 'a mountain lake at sunrise',
      endUserEmail: 'ada@example.com',
      references,
      webhookUrl: null,
    };
    const asked = generationParameters(parameters);
    const data = generationRequest({
      parameters: asked,
      price: priceQuote({ images: asked.images, perImage: PRICE_PER_IMAGE, model: MODEL }),
      fingerprint: `fingerprint of ${id}`,
      confidential: sealInput(id, input, key),
      dataKeyId: key.id,
    });
    const metadata = { ...byTest, occurredAt: this.clock.isoNow() };
    const eventId = `00000000-0000-7000-8000-${String(this.requests).padStart(12, '0')}`;
    const event = toEnvelope({ type: 'GenerationRequested', data }, eventId, metadata);
    const stream = streamName('generation', id);
    await this.engines.store.append([{ stream, expectedRevision: NO_STREAM, events: [event] }]);
    return id;
  }

  async hold(id: string): Promise<void> {
    const view = await this.generation(id);
    const { price } = view;
    const frozen = { ...price, perImage: BigInt(price.perImage), total: BigInt(price.total) };
    const now = this.clock.isoNow();
    const command = { type: 'HoldTokens', generationId: id, price: frozen, now } as const;
    const result = await this.runner.run(tokenAccountStream, tenantId, command, byTest);
    if (result.kind !== 'accepted') throw new Error(JSON.stringify(result));
  }

  /** A request with its hold. @returns its id */
  async request(parameters: Partial<GenerationParameters> = {}): Promise<string> {
    const id = await this.ask(parameters);
    await this.hold(id);
    return id;
  }

  /** A request whose job is in the queue. @returns its id */
  async queued(parameters: Partial<GenerationParameters> = {}): Promise<string> {
    const id = await this.request(parameters);
    await this.react();
    return id;
  }

  async cancel(id: string): Promise<void> {
    const command = { type: 'CancelGeneration', reason: 'the caller changed his mind' } as const;
    await this.runner.run(generationStream, id, command, byTest);
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

  async generation(id: string): Promise<GenerationView> {
    const view = await loadGeneration(this.engines.store, id);
    if (view === undefined) throw new Error(`there is no generation ${id}`);
    return view;
  }

  job(id: string): Promise<JobState> {
    return this.runner.read(jobStream, id, (state) => ({ ...state }));
  }

  /** Tokens that can be spent, and those in open holds. */
  balance(): Promise<{ readonly available: bigint; readonly held: bigint }> {
    const select = ({ available, held }: { available: bigint; held: bigint }) => ({
      available,
      held,
    });
    return this.runner.read(tokenAccountStream, tenantId, select);
  }

  /** Types of all events of a stream, in order. */
  async history(category: string, id: string): Promise<readonly string[]> {
    const types: string[] = [];
    for await (const page of this.engines.store.readStream(streamName(category, id))) {
      types.push(...page.map(({ type }) => type));
    }
    return types;
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
