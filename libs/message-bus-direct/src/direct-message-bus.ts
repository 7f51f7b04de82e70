import {
  type ConsumeOptions,
  type DeliveredBatch,
  type EventBatch,
  type EventStore,
  type MessageBus,
  OpenSubscriptions,
  type Subscription,
} from '@imprest/application';
import { PostgresLocks } from '@imprest/exclusive-locks-postgres';

/**
 * No broker: each consumer follows the event store from its own checkpoint. Works across processes,
 * because a consumer's name is locked in PostgreSQL and one process at a time holds it.
 */
export class DirectMessageBus implements MessageBus {
  readonly progress = 'position';
  private readonly locks: PostgresLocks;
  private readonly subscriptions = new OpenSubscriptions();

  constructor(
    private readonly store: EventStore,
    connectionString: string,
  ) {
    this.locks = new PostgresLocks({ connectionString });
  }

  consume(
    options: ConsumeOptions,
    onBatch: (batch: DeliveredBatch) => Promise<void>,
  ): Subscription {
    const deliver = ({ events, position, caughtUp }: EventBatch) =>
      onBatch({ events, progress: { kind: 'position', position }, caughtUp });
    return this.subscriptions.begin((signal) => this.follow(options, deliver, signal));
  }

  /** Ends every subscription, each after its running handler, and only then lets go of their names. */
  async close(): Promise<void> {
    await this.subscriptions.close();
    await this.locks.close();
  }

  private async follow(
    options: ConsumeOptions,
    onBatch: (batch: EventBatch) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const { consumer, categories, batchSize, minimumIntervalMs } = options;
    while (!signal.aborted) {
      const lock = await this.locks.acquire(`imprest consumer ${consumer}`, signal);
      if (lock === undefined) return;
      try {
        const after = await options.loadPosition();
        const following = { after, categories, batchSize, minimumIntervalMs };
        const subscription = this.store.subscribe(following, onBatch);
        const stopped = new Promise<void>((resolve) => {
          if (signal.aborted) resolve();
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
        try {
          await Promise.race([subscription.ended, lock.lost, stopped]);
        } finally {
          await subscription.close();
        }
      } finally {
        await lock.release();
      }
    }
  }
}
