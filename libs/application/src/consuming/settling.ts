import type { RecordedEvent } from '@imprest/event-catalogue';
import type { CheckpointStore } from '../ports/checkpoint-store.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import type { Choose, ConsumerWork } from './consumer-work.js';
import { newEvents } from './new-events.js';
import { isTransient } from './transient-failure.js';

export interface SettlingServices {
  readonly consumer: { readonly name: string; readonly categories: readonly string[] };
  readonly work: ConsumerWork;
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly clock: Clock;
  exclusively(work: () => Promise<void>): Promise<void>;
  /** Processes events as if they had been delivered by revision, and parks where that fails. */
  deliver(events: readonly RecordedEvent[]): Promise<void>;
}

const PAGE = 1_000;
/** What is younger is on its way through the bus. */
const GRACE_MS = 5_000;

/**
 * Follows a bus without one order at a distance, in the event store itself: whatever the bus has not
 * brought is processed here, and the position moves up to where nothing is missing. So a bus that loses
 * events costs time and no fact, what is on record by stream can be forgotten, and a consumer may be moved
 * to another bus at any moment.
 */
export class Settling {
  constructor(private readonly services: SettlingServices) {}

  /** @returns how many events had to be processed here */
  async settle(stopped: () => boolean): Promise<number> {
    const { consumer, store, checkpoints, clock } = this.services;
    let after = await checkpoints.load(consumer.name);
    const head = await store.head();
    if (head <= after) return 0;
    const youngest = clock.now().getTime() - GRACE_MS;
    let missed = 0;
    const { categories } = consumer;
    for await (const page of store.readAll({ after, upTo: head, categories, pageSize: PAGE })) {
      if (stopped()) return missed;
      const old = page.filter(({ recordedAt }) => recordedAt.getTime() <= youngest);
      const settled = old.at(-1)?.position;
      if (settled === undefined) return missed;
      const found = await this.accept(old, after, settled);
      if (found === undefined) return missed;
      missed += found;
      after = settled;
      if (old.length < page.length) return missed;
    }
    await this.accept([], after, head);
    return missed;
  }

  /**
   * In one transaction with the position, so that nobody can have put the consumer back in between.
   * @returns undefined when someone else has moved it: whoever did goes on from there
   */
  private async accept(
    events: readonly RecordedEvent[],
    after: bigint,
    settled: bigint,
  ): Promise<number | undefined> {
    const { work, store, exclusively, deliver } = this.services;
    let missed: number | undefined;
    const choose: Choose = async (standing) => {
      missed = undefined;
      if (standing.position !== after) return { events: [] };
      const found = await newEvents(events, standing, store);
      missed = found.events.length;
      return found.complete ? { events: found.events, settled } : { events: found.events };
    };
    await exclusively(async () => {
      try {
        await work.accept(choose);
      } catch (error) {
        if (isTransient(error)) throw error;
        await deliver(events);
        await work.accept(choose);
      }
    });
    return missed;
  }
}
