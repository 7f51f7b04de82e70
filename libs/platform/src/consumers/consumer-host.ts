import {
  CHECKPOINT_STORE,
  type CheckpointStore,
  CLOCK,
  type Clock,
  type Consumer,
  type ConsumerStatus,
  EVENT_STORE,
  type EventStore,
  MESSAGE_BUS,
  type MessageBus,
  PARKED_STREAMS,
  type ParkedCount,
  type ParkedStreams,
  Parking,
  PeriodicTask,
  type RunnerServices,
  SubscriptionRunner,
} from '@imprest/application';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { RequestPressure } from '../http/request-pressure.js';
import { LOGGER, TRACING } from '../tokens.js';
import type { Tracing } from '../tracing/index.js';
import { tracedConsumer } from '../tracing/traced-consumer.js';
import { consumerLog } from './consumer-log.js';
import { YieldingPace } from './yielding-pace.js';

/** How soon a request of an operator is seen. */
const TEND_MS = 2_000;

/** Runs the projectors and reactors of whichever modules this process is made of. */
@Injectable()
export class ConsumerHost {
  private readonly runners: SubscriptionRunner[] = [];
  private readonly services: RunnerServices;
  private readonly tending: PeriodicTask;
  private parked: readonly ParkedCount[] = [];
  private started = false;

  constructor(
    pressure: RequestPressure,
    @Inject(MESSAGE_BUS) bus: MessageBus,
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(CHECKPOINT_STORE) checkpoints: CheckpointStore,
    @Inject(PARKED_STREAMS) private readonly parkedStreams: ParkedStreams,
    parking: Parking,
    @Inject(CLOCK) clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(TRACING) private readonly tracing: Tracing,
  ) {
    const pace = new YieldingPace(pressure.isHigh);
    const observer = consumerLog(logger);
    const engines = { bus, store, checkpoints, parkedStreams };
    this.services = { ...engines, parking, clock, observer, pace };
    this.tending = new PeriodicTask(
      TEND_MS,
      () => this.tend(),
      (error) => this.logger.warn({ err: error }, 'parked streams cannot be looked at'),
    );
  }

  /** To be called while modules initialise; consumers run from `start` on. */
  add(...consumers: readonly Consumer[]): void {
    if (this.started) throw new Error('consumers are added before the host starts');
    for (const consumer of consumers) {
      if (this.runners.some(({ status }) => status.consumer === consumer.name)) {
        throw new Error(`two consumers are called ${consumer.name}: they would share a checkpoint`);
      }
      const traced = tracedConsumer(consumer, this.tracing);
      this.runners.push(new SubscriptionRunner(traced, this.services));
    }
  }

  start(): void {
    this.started = true;
    for (const runner of this.runners) runner.start();
    if (this.runners.length > 0) this.tending.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.tending.stop(), ...this.runners.map((runner) => runner.stop())]);
  }

  get statuses(): readonly ConsumerStatus[] {
    return this.runners.map((runner) => runner.status);
  }

  /** Streams that wait, by consumer of this process, as of the last seconds; consumers that have none are missing. */
  get parkedStreamCounts(): ReadonlyMap<string, number> {
    return new Map(this.parked.map(({ consumer, parked }) => [consumer, parked]));
  }

  /** One look at the table for all consumers; those without a request have little to do. */
  private async tend(): Promise<void> {
    const names = new Set(this.runners.map(({ status }) => status.consumer));
    const counts = await this.parkedStreams.counts();
    this.parked = counts.filter(({ consumer, parked }) => parked > 0 && names.has(consumer));
    const asked = new Set(counts.flatMap((each) => (each.requested > 0 ? [each.consumer] : [])));
    for (const runner of this.runners) {
      const { consumer } = runner.status;
      runner
        .tend(asked.has(consumer))
        .catch((error) =>
          this.logger.warn({ consumer, err: error }, 'upkeep of a consumer failed'),
        );
    }
  }
}
