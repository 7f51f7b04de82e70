import type { RecordedEvent } from '@imprest/event-catalogue';
import type { DeliveredBatch } from '../ports/message-bus.js';
import type { Consumer } from './consumer.js';
import { acceptAll, type ConsumerWork, workOf } from './consumer-work.js';
import { type PoisonEvent, PoisonIsolation } from './poison-isolation.js';
import type { RunnerServices } from './runner-services.js';
import { isTransient } from './transient-failure.js';

export interface DeliveryHooks {
  /** @returns false when the consumer is to stop */
  pause(ms: number): Promise<boolean>;
  retrying(error: unknown, inMs: number): void;
}

/**
 * What a consumer does with what it is given, whoever gives it: the bus, the event store, or an operator who
 * wants a parked stream taken up again. One thing at a time.
 */
export class Delivery {
  readonly work: ConsumerWork;
  private readonly isolation: PoisonIsolation;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly consumer: Consumer,
    private readonly services: RunnerServices,
    hooks: DeliveryHooks,
  ) {
    const { store, checkpoints } = services;
    this.work = workOf(consumer, checkpoints);
    const park = (poison: PoisonEvent) => this.park(poison);
    this.isolation = new PoisonIsolation({ ...hooks, work: this.work, store, park });
  }

  /** Runs `work` while nothing else of the consumer is under way in this process. */
  readonly exclusively = (work: () => Promise<void>): Promise<void> => {
    const turn = this.turn.then(work);
    this.turn = turn.catch(() => undefined);
    return turn;
  };

  /** @throws what an engine fails with */
  async process({ events, progress }: DeliveredBatch): Promise<void> {
    if (progress.kind === 'revisions') {
      await this.byRevision(events);
      return;
    }
    const { position } = progress;
    try {
      await this.work.advance(events, position);
    } catch (error) {
      await this.isolate(events, error);
      await this.work.advance([], position);
    }
  }

  /** @throws what an engine fails with */
  async byRevision(events: readonly RecordedEvent[]): Promise<void> {
    try {
      await acceptAll(this.work, this.services.store, events);
    } catch (error) {
      await this.isolate(events, error);
    }
  }

  async park(poison: PoisonEvent): Promise<void> {
    await this.services.parking.park(this.consumer, poison);
    this.work.refresh();
    this.services.observer.parked(this.consumer.name, poison);
  }

  private async isolate(events: readonly RecordedEvent[], error: unknown): Promise<void> {
    if (isTransient(error) || events.length === 0) throw error;
    await this.isolation.process(events);
    this.work.refresh();
  }
}
