import type { ConsumeOptions, DeliveredBatch } from '@imprest/application';
import type { Consumer } from 'kafkajs';
import {
  type ConsumerTiming,
  heartbeatMs,
  type KafkaDriver,
} from '../connection/kafka-connection.js';
import { topicName } from '../topics/topic-name.js';
import { DeliveryLane } from './delivery-lane.js';
import { SilenceWatch } from './silence-watch.js';

/** Why a member is none any more. */
export type MembershipEnd =
  | { readonly kind: 'left' }
  /** The handler's doing: the consumer has to hear of it. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The engine's doing: a new member may do better. */
  | { readonly kind: 'crashed'; readonly error: unknown };

const BATCH_SIZE = 500;
/** Fetching, committing and fetching again for a few events each costs more than waiting for some more. */
const INTERVAL_MS = 10;
/** Workers of kafkajs; a fetch never brings as many partitions with news. */
const PARTITIONS_AT_ONCE = 256;
/** A member that is still joining is not waited for longer when it is asked to leave. */
const JOINING_MS = 5_000;
/** A request of kafkajs, and its repeats within this time, on top of what a rebalance may take. */
const ANSWER_MS = 20_000;

/** kafkajs neither fetches nor fails. */
export class MemberFellSilent extends Error {
  override readonly name = 'MemberFellSilent';
  constructor(consumer: string, forMs: number) {
    super(`the group member of ${consumer} has not asked for events for ${forMs} ms`);
  }
}

/** One membership of a consumer group, from joining to leaving or to the first failure. */
export class GroupMember {
  readonly ended: Promise<MembershipEnd>;
  /** Whether the group has given it partitions at least once. */
  hasJoined = false;
  private readonly consumer: Consumer;
  private readonly lane: DeliveryLane;
  private readonly started: Promise<void>;
  private readonly watch: SilenceWatch;
  private isOver = false;
  private end: (end: MembershipEnd) => void = () => {};
  private leaving: Promise<void> | undefined;

  constructor(
    driver: KafkaDriver,
    options: ConsumeOptions,
    timing: ConsumerTiming,
    deliver: (batch: DeliveredBatch) => Promise<void>,
  ) {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    this.consumer = driver.consumer(options.consumer, timing);
    this.lane = new DeliveryLane({
      batchSize: options.batchSize ?? BATCH_SIZE,
      minimumIntervalMs: options.minimumIntervalMs ?? INTERVAL_MS,
      heartbeatMs: heartbeatMs(timing),
      deliver,
      failed: (error) => void this.leave({ kind: 'failed', error }),
      ignored: (...at) => driver.observer.ignored?.(...at),
    });
    this.watch = new SilenceWatch(timing.rebalanceTimeoutMs + ANSWER_MS, (forMs) => {
      void this.leave({ kind: 'crashed', error: new MemberFellSilent(options.consumer, forMs) });
    });
    const topics = options.categories.map((category) => topicName(driver.prefix, category));
    this.started = this.start(topics);
  }

  /** Resolves when the batch under way was delivered and its offsets are kept. */
  leave(end: MembershipEnd = { kind: 'left' }): Promise<void> {
    this.leaving ??= this.disconnect(end);
    return this.leaving;
  }

  private async start(topics: readonly string[]): Promise<void> {
    const { consumer, lane, watch } = this;
    const { CRASH, FETCH, GROUP_JOIN, HEARTBEAT } = consumer.events;
    // Heartbeats go on beside a long delivery, and nothing is fetched meanwhile.
    consumer.on(FETCH, () => watch.hear());
    consumer.on(HEARTBEAT, () => watch.hear());
    consumer.on(CRASH, ({ payload: { error } }) => void this.leave({ kind: 'crashed', error }));
    consumer.on(GROUP_JOIN, () => {
      this.hasJoined = true;
      watch.hear();
      lane.forgetProgress();
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      if (this.isOver) return;
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
        eachBatch: (payload) => lane.take(payload),
      });
    } catch (error) {
      void this.leave({ kind: 'crashed', error });
    }
  }

  private async disconnect(end: MembershipEnd): Promise<void> {
    this.isOver = true;
    this.watch.end();
    await this.lane.end();
    // kafkajs forgets a stop that comes while it joins, and consumes when it has joined.
    const joining = this.started.then(() => this.stop());
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, JOINING_MS);
    });
    await Promise.race([joining, late]);
    clearTimeout(timer);
    this.end(end);
  }

  private async stop(): Promise<void> {
    await this.consumer.disconnect().catch(() => undefined);
  }
}
