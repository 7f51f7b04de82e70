import type {
  AppendResult,
  EventBatch,
  EventStore,
  ReadAllOptions,
  ReadStreamOptions,
  StreamAppend,
  SubscribeOptions,
  Subscription,
} from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import type { Traceparent, Tracing } from './tracing.js';

/** An append may be for many requests at once; each of their traces shows it, up to this many. */
const MOST_TRACES = 32;

function tracesOf(appends: readonly StreamAppend[]): readonly Traceparent[] {
  const traces = new Set<Traceparent>();
  for (const { events } of appends) {
    for (const { metadata } of events) {
      if (metadata.traceparent !== undefined) traces.add(metadata.traceparent);
      if (traces.size >= MOST_TRACES) return [...traces];
    }
  }
  return [...traces];
}

/** Shows appends in the traces of the requests they are for. */
export class TracedEventStore implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly tracing: Tracing,
  ) {}

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    const description = { name: 'append', kind: 'client' } as const;
    const spans = tracesOf(appends).map((parent) => this.tracing.begin(description, parent));
    try {
      const result = await this.store.append(appends);
      for (const span of spans) span.end();
      return result;
    } catch (error) {
      for (const span of spans) span.end(error);
      throw error;
    }
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.store.readStream(stream, options);
  }

  readAll(options: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.store.readAll(options);
  }

  subscribe(
    options: SubscribeOptions,
    onBatch: (batch: EventBatch) => Promise<void>,
  ): Subscription {
    return this.store.subscribe(options, onBatch);
  }

  head(): Promise<bigint> {
    return this.store.head();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
