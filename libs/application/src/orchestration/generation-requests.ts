import type { Deadlines, GenerationParameters } from '@imprest/domain';
import { streamName, toDomainEvent } from '@imprest/event-catalogue';
import type { Origin } from '../command-context.js';
import type { EventStore } from '../ports/event-store.js';

/** What a request fixed once and for all. */
export interface RequestFacts extends Origin {
  readonly tenantId: string;
  /** Public name. */
  readonly model: string;
  readonly parameters: GenerationParameters;
  readonly deadlines: Deadlines;
  /** Of what is personal about it. */
  readonly dataKeyId: string;
}

const CAPACITY = 10_000;

/** The first event of generations. It never changes, so that a remembered one is as good as a read. */
export class GenerationRequests {
  private readonly known = new Map<string, RequestFacts>();

  constructor(private readonly store: EventStore) {}

  /** Undefined when there is no such generation. */
  async find(generationId: string): Promise<RequestFacts | undefined> {
    const known = this.known.get(generationId);
    if (known !== undefined) return known;
    const facts = await this.read(generationId);
    if (facts !== undefined) this.remember(generationId, facts);
    return facts;
  }

  /** @throws Error when there is no such generation: only for ids that a fact of the log has named */
  async get(generationId: string): Promise<RequestFacts> {
    const facts = await this.find(generationId);
    if (facts === undefined) throw new Error(`there is no generation ${generationId}`);
    return facts;
  }

  private async read(generationId: string): Promise<RequestFacts | undefined> {
    const stream = streamName('generation', generationId);
    for await (const [first] of this.store.readStream(stream, { maxCount: 1 })) {
      if (first === undefined) continue;
      const event = toDomainEvent(first);
      if (event.type !== 'GenerationRequested') {
        throw new Error(`${stream} begins with ${event.type}`);
      }
      const { tenantId, price, parameters, deadlines, dataKeyId } = event.data;
      const { correlationId, traceparent } = first.metadata;
      const origin = { correlationId, traceparent };
      return { tenantId, ...origin, model: price.model, parameters, deadlines, dataKeyId };
    }
    return undefined;
  }

  private remember(generationId: string, facts: RequestFacts): void {
    if (this.known.size >= CAPACITY) {
      const oldest = this.known.keys().next();
      if (!oldest.done) this.known.delete(oldest.value);
    }
    this.known.set(generationId, facts);
  }
}
