import type { RecordedEvent } from '@imprest/event-catalogue';
import type { CheckpointStore } from '../ports/checkpoint-store.js';
import type { ParkedStream, ParkedStreams } from '../ports/parked-streams.js';
import type { ConsumerWork } from './consumer-work.js';
import { readUpTo, type StreamReader } from './missing-events.js';
import { progressOf } from './new-events.js';
import type { PoisonEvent } from './poison-isolation.js';
import { isTransient } from './transient-failure.js';

export interface ResumptionServices {
  readonly consumer: string;
  readonly work: ConsumerWork;
  readonly store: StreamReader;
  readonly checkpoints: CheckpointStore;
  readonly streams: ParkedStreams;
  /** Runs nothing else of the consumer in this process meanwhile. */
  exclusively(work: () => Promise<void>): Promise<void>;
  /** Processes events as if they had been delivered by revision, and parks where that fails. */
  deliver(events: readonly RecordedEvent[]): Promise<void>;
  park(poison: PoisonEvent): Promise<void>;
  released(stream: string, revision: number): Promise<void>;
}

const CHUNK = 200;

/**
 * Does what operators asked for: takes parked streams up again where they wait, from the event store.
 *
 * Nothing that comes meanwhile is lost. While the stream is parked its events are left to this; each chunk is
 * put on record by revision, so that a delivery of the same events finds them processed. After the stream is
 * released it is read once more, for what deliveries had left to this in the last moment, and only then is the
 * request done with: whoever dies in between leaves that last look to the next one.
 */
export class ParkedResumption {
  constructor(private readonly services: ResumptionServices) {}

  /** @throws what an engine fails with; the request then stands */
  async serve(): Promise<void> {
    const { streams, consumer } = this.services;
    for (const parked of await streams.of(consumer)) {
      if (parked.request !== null) await this.resume(parked);
    }
  }

  private async resume(parked: ParkedStream): Promise<void> {
    const { consumer, streams, work } = this.services;
    const { stream } = parked;
    const isUpToDate = parked.released || (await this.catchUp(parked));
    if (!isUpToDate) return;
    await streams.release(consumer, stream);
    work.refresh();
    const revision = await this.takeLast(parked);
    await this.services.released(stream, revision);
    await streams.remove(consumer, stream);
  }

  /** @returns false when it failed at an event */
  private async catchUp(parked: ParkedStream): Promise<boolean> {
    const { store, exclusively, park } = this.services;
    const { request, stream } = parked;
    let { revision } = parked;
    const isSkip = request?.action === 'skip' && request.revision === revision;
    if (isSkip) revision = await this.skip(parked);
    let poison: PoisonEvent | undefined;
    let isUpToDate = false;
    while (!isUpToDate && poison === undefined) {
      await exclusively(async () => {
        const events = await readUpTo(store, stream, revision, CHUNK);
        isUpToDate = events.length === 0;
        poison = await this.process(stream, events);
        if (poison !== undefined) await park(poison);
        revision = (events.at(-1)?.revision ?? revision - 1) + 1;
      });
    }
    return poison === undefined;
  }

  /** Whatever deliveries had left to this before they knew of the release. @returns the first revision of it */
  private async takeLast({ stream, revision: waited }: ParkedStream): Promise<number> {
    const { checkpoints, consumer, store, exclusively, deliver } = this.services;
    const known = await (await checkpoints.standing(consumer)).revisions([stream]);
    const first = (known.get(stream) ?? waited - 1) + 1;
    for (let revision = first; ; ) {
      const events = await readUpTo(store, stream, revision, CHUNK);
      const last = events.at(-1);
      if (last === undefined) return first;
      await exclusively(() => deliver(events));
      revision = last.revision + 1;
    }
  }

  /** All at once; one by one when that fails, to know which one it is. @returns the one that fails */
  private async process(
    stream: string,
    events: readonly RecordedEvent[],
  ): Promise<PoisonEvent | undefined> {
    if (events.length === 0) return undefined;
    try {
      await this.accept(stream, events);
      return undefined;
    } catch (error) {
      if (isTransient(error)) throw error;
    }
    for (const event of events) {
      try {
        await this.accept(stream, [event]);
      } catch (error) {
        if (isTransient(error)) throw error;
        return { event, error, attempts: 1 };
      }
    }
    return undefined;
  }

  /** Of what waits; another process may have taken up some of it by now. */
  private accept(stream: string, events: readonly RecordedEvent[]): Promise<void> {
    return this.services.work.accept(async ({ parked }) => {
      const waiting = parked.get(stream) ?? Number.POSITIVE_INFINITY;
      return { events: events.filter(({ revision }) => revision >= waiting) };
    });
  }

  /** @returns the revision after the one skipped */
  private async skip({ stream, revision }: ParkedStream): Promise<number> {
    const { checkpoints, consumer, store } = this.services;
    const skipped = await readUpTo(store, stream, revision, 1);
    await checkpoints.record(consumer, { processed: progressOf(skipped) });
    return revision + 1;
  }
}
