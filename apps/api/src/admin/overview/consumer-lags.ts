import {
  CHECKPOINT_STORE,
  type CheckpointStore,
  CLOCK,
  type Clock,
  EVENT_STORE,
  type EventStore,
  Polled,
} from '@imprest/application';
import { type ConsumerLag, ConsumerQueries, measureLag } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';

const FRESH_MS = 5_000;
/** Events between a consumer and the head that are looked at: whoever is further behind is far behind. */
const MOST_EVENTS = 2_000;

export interface ConsumerLagView {
  readonly consumer: string;
  readonly state: ConsumerLag['state'];
  readonly position: string;
  /** Of the 2,000 that follow on the consumer furthest behind; positions, for one that stands behind those. */
  readonly eventsBehind: number;
  readonly secondsBehind: number;
  readonly parkedStreams: number;
}

export interface LagView {
  readonly head: string;
  readonly consumers: readonly ConsumerLagView[];
}

/** How far consumers of all processes are behind the store, at a bounded cost. */
@Injectable()
export class ConsumerLags {
  private readonly polled: Polled<LagView>;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CHECKPOINT_STORE) private readonly checkpoints: CheckpointStore,
    private readonly consumers: ConsumerQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.polled = new Polled({ clock, freshMs: FRESH_MS, read: () => this.measure() });
  }

  read(): Promise<LagView> {
    return this.polled.get();
  }

  private async measure(): Promise<LagView> {
    const positions = await this.consumers.positions();
    const standingOf = (consumer: string) => this.checkpoints.standing(consumer);
    const now = this.clock.now();
    const lags = await measureLag(this.store, positions, standingOf, now, MOST_EVENTS);
    const consumers = lags.map(({ head: _, position, ...lag }) => ({
      ...lag,
      position: position.toString(),
    }));
    return { head: (lags[0]?.head ?? 0n).toString(), consumers };
  }
}
