import {
  type Consumer,
  DeciderRunner,
  type MessageBus,
  NO_STREAM,
  Parking,
  type PoisonEvent,
  type RunnerServices,
  SubscriptionRunner,
} from '@imprest/application';
import type { EventEnvelope, RecordedEvent } from '@imprest/event-catalogue';
import { type FixedClock, fixedClock } from '../fixed-clock.js';
import { InMemoryCheckpointStore } from '../in-memory-checkpoint-store.js';
import { InMemoryEventLog, InMemoryEventStore } from '../in-memory-event-store.js';
import { InMemoryParkedStreams } from '../in-memory-parked-streams.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { InMemoryMessageBus } from './in-memory-message-bus.js';
import { randomFrom } from './unruly-deliveries.js';
import { UnrulyMessageBus } from './unruly-message-bus.js';

/** Streams of one category, `a1`, `a2` … being events of `thing-a` in this order, and consumers of them. */
export class ConsumerScenario {
  readonly clock: FixedClock = fixedClock();
  readonly log = new InMemoryEventLog();
  readonly store = new InMemoryEventStore(this.log, this.clock);
  readonly checkpoints = new InMemoryCheckpointStore();
  readonly parkedStreams = new InMemoryParkedStreams(this.checkpoints);
  readonly parking: Parking;
  /** Waits between failures, in milliseconds. */
  readonly waits: number[] = [];
  readonly poisons: PoisonEvent[] = [];
  /** Each time the event store had to bring what the bus had not, how much. */
  readonly missed: number[] = [];
  private readonly runners: SubscriptionRunner[] = [];

  constructor() {
    const { store, clock } = this;
    const decider = new DeciderRunner({ store, snapshots: new InMemorySnapshotStore(), clock });
    this.parking = new Parking(decider, this.parkedStreams, clock);
  }

  /** In store order, with one position. */
  get direct(): MessageBus {
    return new InMemoryMessageBus(this.store);
  }

  /** With partitions, at its worst. */
  unruly(seed = 1, redelivery = 0.3): UnrulyMessageBus {
    const random = randomFrom(seed);
    return new UnrulyMessageBus(this.log, { partitions: 3, batchSize: 4, redelivery, random });
  }

  async happen(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const number = Number(name.slice(1));
      const expectedRevision = number === 1 ? NO_STREAM : number - 2;
      const events = [this.envelope(name)];
      const appended = await this.store.append([
        { stream: `thing-${name[0]}`, expectedRevision, events },
      ]);
      if (appended.kind === 'conflict') throw new Error(`${name} cannot happen now`);
    }
  }

  recorded(...names: readonly string[]): RecordedEvent[] {
    return names.map((name) => {
      const event = this.log.events.find(({ eventId }) => eventId === name);
      if (event === undefined) throw new Error(`${name} has not happened`);
      return event;
    });
  }

  services(bus: MessageBus): RunnerServices {
    const { store, checkpoints, parkedStreams, parking, clock } = this;
    const observer = {
      failed: (_: string, _error: unknown, retryInMs: number) => this.waits.push(retryInMs),
      parked: (_: string, poison: PoisonEvent) => this.poisons.push(poison),
      missed: (_: string, events: number) => this.missed.push(events),
    };
    return { bus, store, checkpoints, parkedStreams, parking, clock, observer };
  }

  run(consumer: Consumer, bus: MessageBus = this.direct): SubscriptionRunner {
    const runner = new SubscriptionRunner(consumer, this.services(bus));
    this.runners.push(runner);
    runner.start();
    return runner;
  }

  async end(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
  }

  private envelope(eventId: string): EventEnvelope {
    const actor = { kind: 'system', id: 'test' } as const;
    const occurredAt = this.clock.isoNow();
    const metadata = { correlationId: 'c', causationId: 'c', occurredAt, actor };
    return { eventId, type: 'Happened', version: 1, data: {}, metadata };
  }
}
