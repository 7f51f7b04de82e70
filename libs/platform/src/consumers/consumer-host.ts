import {
  CHECKPOINT_STORE,
  type CheckpointStore,
  CLOCK,
  type Clock,
  type Consumer,
  type ConsumerStatus,
  MESSAGE_BUS,
  type MessageBus,
  SubscriptionRunner,
} from '@imprest/application';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { RequestPressure } from '../http/request-pressure.js';
import { LOGGER } from '../tokens.js';
import { YieldingPace } from './yielding-pace.js';

/** Runs the projectors and reactors of whichever modules this process is made of. */
@Injectable()
export class ConsumerHost {
  private readonly runners: SubscriptionRunner[] = [];
  private readonly pace: YieldingPace;
  private started = false;

  constructor(
    pressure: RequestPressure,
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(CHECKPOINT_STORE) private readonly checkpoints: CheckpointStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.pace = new YieldingPace(pressure.isHigh);
  }

  /** To be called while modules initialise; consumers run from `start` on. */
  add(...consumers: readonly Consumer[]): void {
    if (this.started) throw new Error('consumers are added before the host starts');
    for (const consumer of consumers) {
      if (this.runners.some(({ status }) => status.consumer === consumer.name)) {
        throw new Error(`two consumers are called ${consumer.name}: they would share a checkpoint`);
      }
      this.runners.push(
        new SubscriptionRunner(
          consumer,
          this.bus,
          this.checkpoints,
          this.clock,
          {
            failed: (name, error, retryInMs) =>
              this.logger.error({ consumer: name, retryInMs, err: error }, 'consumer failed'),
          },
          this.pace,
        ),
      );
    }
  }

  start(): void {
    this.started = true;
    for (const runner of this.runners) runner.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
  }

  get statuses(): readonly ConsumerStatus[] {
    return this.runners.map((runner) => runner.status);
  }
}
