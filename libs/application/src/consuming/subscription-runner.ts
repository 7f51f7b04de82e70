import type { Subscription } from '../ports/event-store.js';
import type { DeliveredBatch } from '../ports/message-bus.js';
import { BusSilence } from './bus-silence.js';
import type { Consumer } from './consumer.js';
import { Delivery } from './delivery.js';
import { unpaced } from './pace.js';
import type { RunnerServices } from './runner-services.js';
import { NotYet } from './transient-failure.js';
import { Upkeep } from './upkeep.js';

export interface ConsumerStatus {
  readonly consumer: string;
  /** Furthest position processed; undefined until the first batch. */
  readonly position: bigint | undefined;
  /** Nothing was left to deliver when the last batch was read. */
  readonly caughtUp: boolean;
  /** Age of the newest event processed when it was processed, in seconds; 0 when caught up. */
  readonly lagSeconds: number;
  readonly eventsProcessed: number;
  readonly failures: number;
  /** Message of the failure that keeps it from going on; undefined when it runs. */
  readonly failing: string | undefined;
  /** Events that the bus had not brought in time, so that the event store had to. */
  readonly eventsMissed: number;
}

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 10_000;

/**
 * Runs one consumer for ever: has each batch processed and put on record, for projectors in the same
 * transaction as their rows. An event that the consumer itself fails again and again parks its stream, and the
 * other streams go on. A failing engine stops the consumer, is reported, and is tried again with growing waits:
 * skipping would be losing.
 */
export class SubscriptionRunner {
  private readonly delivery: Delivery;
  private readonly upkeep: Upkeep;
  private readonly silence: BusSilence;
  private readonly wakes = new Set<() => void>();
  private subscription: Subscription | undefined;
  private stopped = false;
  /** The subscription under way is to be followed by another one. */
  private renewing = false;
  /** Whether the bus has given the consumer to this process, where it gives it to one alone. */
  private isOurs = false;
  /** Where the last batch ends, until it is processed; undefined between batches. */
  private underWay: bigint | undefined;
  private status_: ConsumerStatus;
  private finished: Promise<void> = Promise.resolve();

  constructor(
    private readonly consumer: Consumer,
    private readonly services: RunnerServices,
  ) {
    this.delivery = new Delivery(consumer, services, {
      pause: (ms) => this.pause(ms),
      retrying: (error, inMs) => this.troubled(error, inMs),
    });
    this.upkeep = new Upkeep(this.delivery, services, (events) => this.missed(events));
    this.silence = new BusSilence(services.clock);
    this.status_ = {
      consumer: consumer.name,
      position: undefined,
      caughtUp: false,
      lagSeconds: 0,
      eventsProcessed: 0,
      failures: 0,
      failing: undefined,
      eventsMissed: 0,
    };
  }

  get status(): ConsumerStatus {
    return this.status_;
  }

  start(): void {
    this.finished = this.follow();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const wake of this.wakes) wake();
    await this.subscription?.close();
    await Promise.all([this.finished, this.upkeep.stop()]);
  }

  /**
   * To be called every few seconds; see Upkeep.
   * @param asked whether an operator wants a parked stream of this consumer taken up
   * @throws what an engine fails with
   */
  tend(asked: boolean): Promise<void> {
    const { caughtUp: isCurrent, position } = this.status_;
    const { lasts: isSilent } = this.silence;
    // A bus that has brought nothing yet may have nothing to bring, or be away.
    const caughtUp = isCurrent || position === undefined || isSilent;
    return this.upkeep.tend({ asked, caughtUp, isSilent, isOurs: this.isOurs });
  }

  private async follow(): Promise<void> {
    const { bus, pace = unpaced } = this.services;
    const { name, categories, batchSize, minimumIntervalMs } = this.consumer;
    const { work, exclusively } = this.delivery;
    const loadPosition = async () => {
      this.isOurs = true;
      const position = await work.load();
      this.resumedAt(position);
      return position;
    };
    const options = { consumer: name, categories, batchSize, minimumIntervalMs, loadPosition };
    let retryMs = FIRST_RETRY_MS;
    while (!this.stopped) {
      const { position, eventsProcessed } = this.status_;
      this.renewing = false;
      this.isOurs = bus.progress === 'revisions';
      try {
        this.subscription = bus.consume(options, (batch) =>
          this.silence.during(() => exclusively(() => pace.turn(() => this.process(batch)))),
        );
        await this.subscription.ended;
        if (!this.stopped && !this.renewing)
          throw new Error('the message bus ended the subscription');
      } catch (error) {
        const { status } = this;
        const isFurther =
          status.position !== position || status.eventsProcessed !== eventsProcessed;
        if (isFurther) retryMs = FIRST_RETRY_MS;
        // What only has to wait for something else is no failure, unless it waits for long.
        const isEarly = error instanceof NotYet && retryMs < LONGEST_RETRY_MS;
        const message = error instanceof Error ? error.message : String(error);
        const failing = isEarly ? status.failing : message;
        this.status_ = { ...status, caughtUp: false, failing };
        this.troubled(error, retryMs);
        await this.pause(retryMs);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      }
    }
  }

  /** What failed may be on record all the same, its answer lost: then nothing need come that would show it. */
  private resumedAt(position: bigint): void {
    if (this.underWay !== undefined && position < this.underWay) return;
    this.underWay = undefined;
    this.status_ = { ...this.status_, failing: undefined };
  }

  private async process(batch: DeliveredBatch): Promise<void> {
    const { events, caughtUp, progress } = batch;
    if (progress.kind === 'position') this.underWay = progress.position;
    await this.delivery.process(batch);
    this.underWay = undefined;
    const newest = events.at(-1);
    const nowMs = this.services.clock.now().getTime();
    const lagMs = newest === undefined ? 0 : nowMs - newest.recordedAt.getTime();
    this.status_ = {
      ...this.status_,
      position: this.furthest(batch),
      caughtUp,
      lagSeconds: caughtUp ? 0 : Math.max(0, lagMs) / 1000,
      eventsProcessed: this.status_.eventsProcessed + events.length,
      failing: undefined,
    };
  }

  /** Partitions are not in step: the last batch need not be the furthest. */
  private furthest({ events, progress }: DeliveredBatch): bigint | undefined {
    if (progress.kind === 'position') return progress.position;
    let { position } = this.status_;
    for (const event of events) {
      if (position === undefined || event.position > position) position = event.position;
    }
    return position;
  }

  private missed(events: number): void {
    const eventsMissed = this.status_.eventsMissed + events;
    this.status_ = { ...this.status_, eventsMissed };
    this.services.observer.missed(this.consumer.name, events);
    if (!this.silence.miss()) return;
    this.renewing = true;
    void this.subscription?.close();
  }

  private troubled(error: unknown, retryInMs: number): void {
    this.status_ = { ...this.status_, failures: this.status_.failures + 1 };
    this.services.observer.failed(this.consumer.name, error, retryInMs);
  }

  /** @returns false when the runner was stopped */
  private async pause(ms: number): Promise<boolean> {
    if (this.stopped) return false;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wakes.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wakes.add(done);
    });
    return !this.stopped;
  }
}
