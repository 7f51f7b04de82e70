import type { CheckpointStore } from '../ports/checkpoint-store.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import type { MessageBus } from '../ports/message-bus.js';
import type { ParkedStreams } from '../ports/parked-streams.js';
import type { Pace } from './pace.js';
import type { Parking } from './parking.js';
import type { PoisonEvent } from './poison-isolation.js';

export interface SubscriptionObserver {
  failed(consumer: string, error: unknown, retryInMs: number): void;
  parked(consumer: string, poison: PoisonEvent): void;
  /** The event store had events that the bus had not brought. */
  missed(consumer: string, events: number): void;
}

export interface RunnerServices {
  readonly bus: MessageBus;
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly parkedStreams: ParkedStreams;
  readonly parking: Parking;
  readonly clock: Clock;
  readonly observer: SubscriptionObserver;
  readonly pace?: Pace;
}
