import type { RecordedEvent } from '@imprest/event-catalogue';
import type { CheckpointStore } from '../ports/checkpoint-store.js';
import type { Clock } from '../ports/clock.js';
import type { Subscription } from '../ports/event-store.js';
import type { DeliveredBatch, MessageBus } from '../ports/message-bus.js';
import type { Consumer, Reactor } from './consumer.js';
import { type Pace, unpaced } from './pace.js';

export interface ConsumerStatus {
  readonly consumer: string;
  /** Last position processed; undefined until the first batch. */
  readonly position: bigint | undefined;
  readonly caughtUp: boolean;
  /** Age of the newest event processed when it was processed, in seconds; 0 when caught up. */
  readonly lagSeconds: number;
  readonly eventsProcessed: number;
  readonly failures: number;
  /** Message of the failure that keeps it from going on; undefined when it runs. */
  readonly failing: string | undefined;
}

export interface SubscriptionObserver {
  failed(consumer: string, error: unknown, retryInMs: number): void;
}

const STREAMS_AT_ONCE = 64;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 10_000;

/**
 * A failure stops the other streams at their next event, and is thrown when all have stopped: whoever
 * begins again must not meet events that are still being reacted to.
 */
async function reactTo(reactor: Reactor, events: readonly RecordedEvent[]): Promise<void> {
  const byStream = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const known = byStream.get(event.stream);
    if (known === undefined) byStream.set(event.stream, [event]);
    else known.push(event);
  }
  const streams = byStream.values();
  const failures: unknown[] = [];
  const lane = async () => {
    for (const ofStream of streams) {
      for (const event of ofStream) {
        if (failures.length > 0) return;
        await reactor.react(event);
      }
    }
  };
  const lanes = Math.min(STREAMS_AT_ONCE, byStream.size);
  const guarded = () => lane().catch((error) => failures.push(error));
  await Promise.all(Array.from({ length: lanes }, guarded));
  if (failures.length > 0) throw failures[0];
  await reactor.flush?.();
}

/**
 * Runs one consumer for ever: loads its checkpoint, awaits its work on each batch, then moves the
 * checkpoint (for projectors in the same transaction as their rows). A failure stops it at the event,
 * is reported, and is tried again with growing waits: skipping would be losing.
 */
export class SubscriptionRunner {
  private subscription: Subscription | undefined;
  private stopped = false;
  private wake: (() => void) | undefined;
  private status_: ConsumerStatus;
  private finished: Promise<void> = Promise.resolve();

  constructor(
    private readonly consumer: Consumer,
    private readonly bus: MessageBus,
    private readonly checkpoints: CheckpointStore,
    private readonly clock: Clock,
    private readonly observer: SubscriptionObserver,
    private readonly pace: Pace = unpaced,
  ) {
    this.status_ = {
      consumer: consumer.name,
      position: undefined,
      caughtUp: false,
      lagSeconds: 0,
      eventsProcessed: 0,
      failures: 0,
      failing: undefined,
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
    this.wake?.();
    await this.subscription?.close();
    await this.finished;
  }

  private async follow(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!this.stopped) {
      const before = this.status_.position;
      try {
        this.subscription = this.bus.consume(
          {
            consumer: this.consumer.name,
            categories: this.consumer.categories,
            batchSize: this.consumer.batchSize,
            minimumIntervalMs: this.consumer.minimumIntervalMs,
            loadPosition: () => this.checkpoints.load(this.consumer.name),
          },
          (batch) => this.pace.turn(() => this.process(batch)),
        );
        await this.subscription.ended;
        if (!this.stopped) throw new Error('the message bus ended the subscription');
      } catch (error) {
        if (this.status_.position !== before) retryMs = FIRST_RETRY_MS;
        this.fail(error, retryMs);
        await this.pause(retryMs);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      }
    }
  }

  private async process(batch: DeliveredBatch): Promise<void> {
    const { consumer, checkpoints } = this;
    const { events, progress } = batch;
    if (progress.kind === 'revisions') {
      throw new Error(`${consumer.name} has no inbox to tell which revisions are new`);
    }
    const { position } = progress;
    if (consumer.kind === 'reactor') {
      if (events.length > 0) await reactTo(consumer, events);
      await checkpoints.save(consumer.name, position);
    } else {
      await checkpoints.advance(consumer.name, position, async (transaction) => {
        if (events.length > 0) await consumer.project(events, transaction);
      });
    }
    const newest = events.at(-1);
    const lagMs = newest ? this.clock.now().getTime() - newest.recordedAt.getTime() : 0;
    this.status_ = {
      ...this.status_,
      position,
      caughtUp: batch.caughtUp,
      lagSeconds: batch.caughtUp ? 0 : Math.max(0, lagMs) / 1000,
      eventsProcessed: this.status_.eventsProcessed + events.length,
      failing: undefined,
    };
  }

  private fail(error: unknown, retryInMs: number): void {
    const failing = error instanceof Error ? error.message : String(error);
    const failures = this.status_.failures + 1;
    this.status_ = { ...this.status_, caughtUp: false, failures, failing };
    this.observer.failed(this.consumer.name, error, retryInMs);
  }

  private pause(ms: number): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
