import type { RecordedEvent } from '@imprest/event-catalogue';
import type { CheckpointStore } from '../ports/checkpoint-store.js';
import type { ParkedStream, ParkedStreams } from '../ports/parked-streams.js';
import type { Consumer } from './consumer.js';
import type { ConsumerWork } from './consumer-work.js';
import { readUpTo, type StreamReader } from './missing-events.js';
import { progressOf } from './new-events.js';
import type { PoisonEvent } from './poison-isolation.js';
import { isTransient } from './transient-failure.js';

export interface ResumptionServices {
  readonly consumer: Pick<Consumer, 'name' | 'kind'>;
  readonly work: ConsumerWork;
  readonly store: StreamReader;
  readonly checkpoints: CheckpointStore;
  readonly streams: ParkedStreams;
  /** Runs nothing else of the consumer in this process meanwhile. */
  exclusively(work: () => Promise<void>): Promise<void>;
  park(poison: PoisonEvent): Promise<void>;
  released(stream: string, revision: number): Promise<void>;
}

const CHUNK = 200;

/** Where taking up a stream has ended. */
type End =
  | { readonly kind: 'released'; readonly revision: number }
  | { readonly kind: 'failed' }
  /** Somebody else was faster. */
  | { readonly kind: 'gone' };

/** The event under way, for whoever has to say which one failed. */
interface UnderWay {
  event?: RecordedEvent;
}

/**
 * Does what operators asked for: takes parked streams up again where they wait, from the event store.
 *
 * Nothing that comes meanwhile is lost. While the stream is parked its events are left to this, and what is
 * done is put on record by revision, so that a later delivery of the same events finds them processed. A
 * projector is released in the transaction that finds nothing left to do, when no delivery can be under way. A
 * reactor has no such moment: after its release the stream is read once more, for what other processes had
 * left to this. Whoever dies in between leaves that last look to the next one.
 */
export class ParkedResumption {
  constructor(private readonly services: ResumptionServices) {}

  /** @throws what an engine fails with; the request then stands */
  async serve(): Promise<void> {
    const { streams, consumer } = this.services;
    for (const parked of await streams.of(consumer.name)) {
      if (parked.request !== null) await this.resume(parked);
    }
  }

  private async resume(parked: ParkedStream): Promise<void> {
    const { consumer, streams, work, released } = this.services;
    const { stream, revision, request } = parked;
    if (!parked.released && request?.action === 'skip' && request.revision === revision) {
      await this.skip(parked);
    }
    const end = parked.released ? await this.lookAgain(parked) : await this.takeUp(parked);
    if (end.kind !== 'released') return;
    work.refresh();
    await released(stream, end.revision);
    await streams.remove(consumer.name, stream);
  }

  private async takeUp(parked: ParkedStream): Promise<End> {
    const { consumer, exclusively } = this.services;
    let end: End | undefined;
    while (end === undefined) {
      await exclusively(async () => {
        end = await this.takeChunk(parked.stream);
        const isReactor = consumer.kind === 'reactor';
        if (end?.kind === 'released' && isReactor) await this.takeLast(parked);
      });
    }
    return end;
  }

  private async lookAgain(parked: ParkedStream): Promise<End> {
    const { consumer, exclusively } = this.services;
    if (consumer.kind === 'reactor') await exclusively(() => this.takeLast(parked));
    return { kind: 'released', revision: parked.revision };
  }

  /** All at once; one by one when that fails, to know which one it is. */
  private async takeChunk(stream: string): Promise<End | undefined> {
    try {
      return await this.take(stream, CHUNK, {});
    } catch (error) {
      if (isTransient(error)) throw error;
    }
    const at: UnderWay = {};
    try {
      for (let taken = 0; taken < CHUNK; taken += 1) {
        const end = await this.take(stream, 1, at);
        if (end !== undefined) return end;
      }
      return undefined;
    } catch (error) {
      await this.parkAgain(at, error);
      return { kind: 'failed' };
    }
  }

  private async take(stream: string, count: number, at: UnderWay): Promise<End | undefined> {
    let end: End | undefined;
    await this.services.work.accept(async ({ parked }) => {
      end = undefined;
      const revision = parked.get(stream);
      if (revision === undefined) {
        end = { kind: 'gone' };
        return { events: [] };
      }
      const events = await readUpTo(this.services.store, stream, revision, count);
      at.event = events[0];
      if (events.length > 0) return { events };
      end = { kind: 'released', revision };
      return { events, released: stream };
    });
    return end;
  }

  /** By what is on record of the stream alone: the position has passed what was left to this. */
  private async takeLast({ stream, revision }: ParkedStream): Promise<void> {
    const { work, store } = this.services;
    const at: UnderWay = {};
    try {
      do {
        await work.accept(async ({ revisions, parked }) => {
          const last = (await revisions([stream])).get(stream) ?? revision - 1;
          const next = parked.has(stream) ? [] : await readUpTo(store, stream, last + 1, 1);
          at.event = next[0];
          return { events: next };
        });
      } while (at.event !== undefined);
    } catch (error) {
      await this.parkAgain(at, error);
    }
  }

  private async parkAgain({ event }: UnderWay, error: unknown): Promise<void> {
    if (isTransient(error) || event === undefined) throw error;
    await this.services.park({ event, error, attempts: 1 });
  }

  private async skip({ stream, revision }: ParkedStream): Promise<void> {
    const { checkpoints, consumer, store } = this.services;
    const skipped = await readUpTo(store, stream, revision, 1);
    await checkpoints.record(consumer.name, { processed: progressOf(skipped) });
  }
}
