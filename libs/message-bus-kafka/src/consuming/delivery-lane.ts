import type { DeliveredBatch } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { fromMessage, UnreadableMessage } from '../messages/event-message.js';

export interface DeliveryLaneOptions {
  readonly batchSize: number;
  readonly minimumIntervalMs: number;
  readonly heartbeatMs: number;
  deliver(batch: DeliveredBatch): Promise<void>;
  /** The handler rejected, or a message cannot be read: nothing more is delivered. */
  failed(error: unknown): void;
  ignored(topic: string, partition: number, offset: string): void;
}

interface Arrival {
  readonly payload: EachBatchPayload;
  settle(error?: unknown): void;
}

interface Delivery {
  readonly payload: EachBatchPayload;
  readonly offset: string;
  readonly event: RecordedEvent | undefined;
}

interface Round {
  readonly deliveries: readonly Delivery[];
  readonly unreadable: unknown;
}

/**
 * kafkajs hands over each partition by itself. What one fetch brought is delivered together, so that a
 * consumer commits once for all partitions; one delivery at a time, and its offsets after it.
 */
export class DeliveryLane {
  private arrivals: Arrival[] = [];
  private running: Promise<void> | undefined;
  private over = false;
  /** Partitions that held more than was fetched. */
  private readonly behind = new Set<string>();

  constructor(private readonly options: DeliveryLaneOptions) {}

  /** Resolves when the batch was delivered, or is not going to be; rejects when the group wants its member back. */
  take(payload: EachBatchPayload): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      this.arrivals.push({ payload, settle });
      this.running ??= this.run();
    });
  }

  /** After a rebalance other partitions count. */
  forgetProgress(): void {
    this.behind.clear();
  }

  /** Delivers nothing more, and waits for what is being delivered. */
  async end(): Promise<void> {
    this.over = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.arrivals.length > 0) {
      // All partitions of a fetch are handed over in one turn of the event loop.
      await new Promise(setImmediate);
      const round = this.arrivals;
      this.arrivals = [];
      const failure = await this.deliverRound(round.map(({ payload }) => payload)).then(
        () => undefined,
        (error: unknown) => error ?? new Error('rejected without a reason'),
      );
      for (const { settle } of round) settle(failure);
    }
    this.running = undefined;
  }

  private async deliverRound(payloads: readonly EachBatchPayload[]): Promise<void> {
    const { heartbeatMs, minimumIntervalMs } = this.options;
    const startedAtMs = performance.now();
    let lost: unknown;
    const beat = () => payloads[0]?.heartbeat().catch((error: unknown) => (lost ??= error));
    const beats = setInterval(() => void beat(), heartbeatMs);
    try {
      const { deliveries, unreadable } = this.read(payloads);
      for (let from = 0; from < deliveries.length && !this.over; ) {
        const slice = deliveries.slice(from, from + this.options.batchSize);
        from += slice.length;
        await this.deliverSlice(slice, from === deliveries.length);
        if (lost !== undefined) throw lost;
      }
      if (unreadable !== undefined) this.fail(unreadable);
      const restMs = minimumIntervalMs - (performance.now() - startedAtMs);
      if (restMs > 0 && !this.over) await new Promise((resolve) => setTimeout(resolve, restMs));
      if (lost !== undefined) throw lost;
    } finally {
      clearInterval(beats);
    }
  }

  private async deliverSlice(slice: readonly Delivery[], isLast: boolean): Promise<void> {
    const events = slice.flatMap(({ event }) => event ?? []);
    const caughtUp = isLast && this.behind.size === 0;
    if (events.length > 0) {
      try {
        await this.options.deliver({ events, progress: { kind: 'revisions' }, caughtUp });
      } catch (error) {
        this.fail(error);
        return;
      }
    }
    await commit(slice);
  }

  private read(payloads: readonly EachBatchPayload[]): Round {
    const deliveries: Delivery[] = [];
    let unreadable: unknown;
    for (const payload of payloads) {
      this.noteProgress(payload);
      for (const message of payload.batch.messages) {
        try {
          const event = this.parse(payload, message);
          deliveries.push({ payload, offset: message.offset, event });
        } catch (error) {
          // Other partitions go on; this one stands still until somebody has looked at it.
          unreadable = error;
          break;
        }
      }
    }
    return { deliveries, unreadable };
  }

  private noteProgress({ batch }: EachBatchPayload): void {
    const { topic, partition, highWatermark, messages } = batch;
    const last = messages.at(-1);
    const more = last !== undefined && BigInt(last.offset) + 1n < BigInt(highWatermark);
    if (more) this.behind.add(`${topic}/${partition}`);
    else this.behind.delete(`${topic}/${partition}`);
  }

  private parse({ batch }: EachBatchPayload, message: KafkaMessage): RecordedEvent | undefined {
    const { topic, partition } = batch;
    try {
      const event = fromMessage(message);
      if (event === undefined) this.options.ignored(topic, partition, message.offset);
      return event;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const place = `${topic}, partition ${partition}, offset ${message.offset}`;
      throw new UnreadableMessage(`${place}: ${reason}`, { cause });
    }
  }

  private fail(error: unknown): void {
    this.over = true;
    this.options.failed(error);
  }
}

/** One request for all partitions. The next offset to read is what Kafka keeps. */
async function commit(slice: readonly Delivery[]): Promise<void> {
  const last = new Map<string, Delivery>();
  for (const delivery of slice) {
    const { topic, partition } = delivery.payload.batch;
    last.set(`${topic}/${partition}`, delivery);
  }
  const topics = new Map<string, { partition: number; offset: string }[]>();
  for (const { payload, offset } of last.values()) {
    const { topic, partition } = payload.batch;
    const next = { partition, offset: String(BigInt(offset) + 1n) };
    payload.resolveOffset(offset);
    topics.set(topic, [...(topics.get(topic) ?? []), next]);
  }
  const offsets = [...topics].map(([topic, partitions]) => ({ topic, partitions }));
  await slice[0]?.payload.commitOffsetsIfNecessary({ topics: offsets });
}
