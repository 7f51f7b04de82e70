import { setImmediate as turn } from 'node:timers/promises';
import type {
  ConsumeOptions,
  DeliveredBatch,
  MessageBus,
  Subscription,
} from '@imprest/application';
import type { InMemoryEventLog } from '../in-memory-event-store.js';
import { type Unruliness, unrulyDeliveries } from './unruly-deliveries.js';

/**
 * Brings every event of a log at least once, at its worst: see unrulyDeliveries. What a handler has rejected
 * comes again with the next subscription of the same consumer.
 */
export class UnrulyMessageBus implements MessageBus {
  readonly progress = 'revisions';
  /** Of each consumer, how much of the log its handler has taken. */
  private readonly taken = new Map<string, number>();

  constructor(
    private readonly log: InMemoryEventLog,
    private readonly unruliness: Unruliness,
  ) {}

  consume(
    { consumer, categories }: ConsumeOptions,
    onBatch: (batch: DeliveredBatch) => Promise<void>,
  ): Subscription {
    const stop = new AbortController();
    const ended = this.follow(consumer, categories, onBatch, stop.signal);
    ended.catch(() => undefined);
    const close = async () => {
      stop.abort();
      await ended.catch(() => undefined);
    };
    return { ended, close };
  }

  /** How many events of the log the consumer's handler has taken, all of them at least once. */
  delivered(consumer: string): number {
    return this.taken.get(consumer) ?? 0;
  }

  async close(): Promise<void> {}

  private async follow(
    consumer: string,
    categories: readonly string[],
    onBatch: (batch: DeliveredBatch) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    while (!signal.aborted) {
      const from = this.taken.get(consumer) ?? 0;
      const to = this.log.events.length;
      const events = this.log.events.slice(from, to);
      for (const batch of unrulyDeliveries(events, categories, this.unruliness)) {
        if (signal.aborted) return;
        await onBatch(batch);
      }
      this.taken.set(consumer, to);
      await turn();
    }
  }
}
