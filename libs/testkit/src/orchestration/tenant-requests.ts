import {
  type Clock,
  type CommandContext,
  type DataKeys,
  type DeciderRunner,
  derivedId,
  type EventStore,
  type GenerationView,
  generationStream,
  jobStream,
  loadGeneration,
  NO_STREAM,
  sealInput,
  tokenAccountStream,
  uuidV7,
} from '@imprest/application';
import {
  type Deadlines,
  type GenerationParameters,
  type JobState,
  noDeadlines,
} from '@imprest/domain';
import { streamName, toEnvelope } from '@imprest/event-catalogue';
import { tenantId } from '../builders/identifiers.js';
import { generationParameters, generationRequest, priceQuote } from '../builders/index.js';

export const PRICE_PER_IMAGE = 10n;
/** Public name of the model that requests for a video name. */
export const VIDEO_MODEL = 'motion-1';

export const byTest: CommandContext = {
  correlationId: 'request-1',
  causationId: 'request-1',
  actor: { kind: 'apiKey', id: 'key_test' },
};

export interface TenantRequestsServices {
  readonly store: EventStore;
  readonly runner: DeciderRunner;
  readonly dataKeys: DataKeys;
  readonly clock: Clock;
  /** Public name of the model that is asked for. */
  readonly model: string;
}

/** A tenant with 1,000 purchased tokens and what it asks for, at 10 tokens an image. */
export class TenantRequests {
  private count = 0;

  constructor(private readonly services: TenantRequestsServices) {}

  async openAccount(): Promise<void> {
    const { runner } = this.services;
    await runner.run(tokenAccountStream, tenantId, { type: 'OpenAccount', tenantId }, byTest);
    const paid = { minorUnits: 1_000n, currency: 'EUR' };
    const purchase = { lotId: 'lot_1', tokens: 1_000n, paid, paymentId: 'pay_1' } as const;
    await runner.run(tokenAccountStream, tenantId, { type: 'PurchaseTokens', ...purchase }, byTest);
  }

  /** The request alone, without its hold. @returns its id */
  async ask(
    parameters: Partial<GenerationParameters> = {},
    deadlines: Deadlines = noDeadlines,
  ): Promise<string> {
    const { store, dataKeys, clock, model } = this.services;
    this.count += 1;
    const id = derivedId('req', String(this.count));
    const key = await dataKeys.take();
    const asked = generationParameters(parameters);
    const data = generationRequest({
      parameters: asked,
      price: priceQuote({
        images: asked.images,
        perImage: PRICE_PER_IMAGE,
        model: asked.video ? VIDEO_MODEL : model,
      }),
      fingerprint: `fingerprint of ${id}`,
      confidential: sealInput(id, personalInput(asked.referencesCount), key),
      dataKeyId: key.id,
      deadlines,
    });
    const now = clock.now();
    const metadata = { ...byTest, occurredAt: now.toISOString() };
    const requested = { type: 'GenerationRequested', data } as const;
    const events = [toEnvelope(requested, uuidV7(now.getTime()), metadata)];
    const stream = streamName('generation', id);
    await store.append([{ stream, expectedRevision: NO_STREAM, events }]);
    return id;
  }

  async hold(id: string): Promise<void> {
    const { runner, clock } = this.services;
    const { price } = await this.generation(id);
    const frozen = { ...price, perImage: BigInt(price.perImage), total: BigInt(price.total) };
    const now = clock.now().toISOString();
    const command = { type: 'HoldTokens', generationId: id, price: frozen, now } as const;
    const result = await runner.run(tokenAccountStream, tenantId, command, byTest);
    if (result.kind !== 'accepted') throw new Error(JSON.stringify(result));
  }

  /** A request with its hold. @returns its id */
  async request(
    parameters: Partial<GenerationParameters> = {},
    deadlines: Deadlines = noDeadlines,
  ): Promise<string> {
    const id = await this.ask(parameters, deadlines);
    await this.hold(id);
    return id;
  }

  async cancel(id: string): Promise<void> {
    const command = { type: 'CancelGeneration', reason: 'the caller changed his mind' } as const;
    await this.services.runner.run(generationStream, id, command, byTest);
  }

  async generation(id: string): Promise<GenerationView> {
    const view = await loadGeneration(this.services.store, id);
    if (view === undefined) throw new Error(`there is no generation ${id}`);
    return view;
  }

  job(id: string): Promise<JobState> {
    return this.services.runner.read(jobStream, id, (state) => ({ ...state }));
  }

  /** Tokens that can be spent, and those in open holds. */
  balance(): Promise<{ readonly available: bigint; readonly held: bigint }> {
    return this.services.runner.read(tokenAccountStream, tenantId, ({ available, held }) => ({
      available,
      held,
    }));
  }

  /** Types of all events of a stream, in order. */
  async history(category: string, id: string): Promise<readonly string[]> {
    const types: string[] = [];
    for await (const page of this.services.store.readStream(streamName(category, id))) {
      types.push(...page.map(({ type }) => type));
    }
    return types;
  }
}

function personalInput(referencesCount: number) {
  const references = Array.from(
    { length: referencesCount },
    (_, n) => `https://images.example.com/${n + 1}.png`,
  );
  const prompt = 'a mountain lake at sunrise';
  return { prompt, endUserEmail: 'ada@example.com', references, webhookUrl: null };
}
