import type { RecordedEvent } from '@imprest/event-catalogue';
import { acceptAll, type ConsumerWork } from './consumer-work.js';
import type { StreamReader } from './missing-events.js';
import { byStream, newEvents } from './new-events.js';
import { isTransient } from './transient-failure.js';

/** An event whose processing the consumer itself fails. */
export interface PoisonEvent {
  readonly event: RecordedEvent;
  readonly error: unknown;
  readonly attempts: number;
}

export interface IsolationServices {
  readonly work: ConsumerWork;
  readonly store: StreamReader;
  park(poison: PoisonEvent): Promise<void>;
  /** @returns false when the consumer is to stop */
  pause(ms: number): Promise<boolean>;
  retrying(error: unknown, inMs: number): void;
}

/** Between attempts; one more attempt than waits. */
const WAITS_MS = [200, 400, 800, 1_600];
/** When this many streams fail at once it is the consumer that is wrong, not events. */
export const MOST_POISONED = 100;

type Failures = Map<string, { readonly event: RecordedEvent; readonly error: unknown }>;

/**
 * Processes a batch that failed as a whole, stream by stream, so that all but the streams at fault go on.
 * Those are tried again with growing waits, and then parked at the event that fails.
 * @throws what an engine fails with, at once; the consumer's own failure when too many streams have it
 */
export class PoisonIsolation {
  constructor(private readonly services: IsolationServices) {}

  async process(events: readonly RecordedEvent[]): Promise<void> {
    let streams = [...byStream(events).values()];
    for (let attempt = 0; ; attempt += 1) {
      const failures: Failures = new Map();
      if (attempt === 0) await this.halves(streams, failures);
      else for (const stream of streams) await this.oneByOne(stream, failures);
      const [failure] = failures.values();
      if (failure === undefined) return;
      const { error } = failure;
      const waitMs = WAITS_MS[attempt];
      if (waitMs === undefined) {
        await this.park(failures, attempt + 1);
        return;
      }
      this.services.retrying(error, waitMs);
      if (!(await this.services.pause(waitMs))) throw error;
      streams = streams.filter(([first]) => failures.has(first!.stream));
    }
  }

  /** Halves what fails until one stream is left, so that few poisoned ones among many cost few attempts. */
  private async sweep(streams: readonly RecordedEvent[][], failures: Failures): Promise<void> {
    const [first, second] = streams;
    if (first === undefined) return;
    if (second === undefined) {
      await this.oneByOne(first, failures);
      return;
    }
    try {
      await acceptAll(this.services.work, this.services.store, streams.flat());
    } catch (error) {
      if (isTransient(error)) throw error;
      await this.halves(streams, failures);
    }
  }

  /** Of what has failed as a whole. */
  private async halves(streams: readonly RecordedEvent[][], failures: Failures): Promise<void> {
    const half = Math.floor(streams.length / 2);
    await this.sweep(streams.slice(0, half), failures);
    await this.sweep(streams.slice(half), failures);
  }

  /** Event by event up to the one at fault. */
  private async oneByOne(stream: readonly RecordedEvent[], failures: Failures): Promise<void> {
    const at: { event?: RecordedEvent } = {};
    try {
      do {
        await this.services.work.accept(async (standing) => {
          const { events } = await newEvents(stream, standing, this.services.store);
          at.event = events[0];
          return { events: events.slice(0, 1) };
        });
      } while (at.event !== undefined);
    } catch (error) {
      if (isTransient(error) || at.event === undefined) throw error;
      failures.set(at.event.stream, { event: at.event, error });
      if (failures.size > MOST_POISONED) throw error;
    }
  }

  private async park(failures: Failures, attempts: number): Promise<void> {
    for (const failure of failures.values()) await this.services.park({ ...failure, attempts });
  }
}
