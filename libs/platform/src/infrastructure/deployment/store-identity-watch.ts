import { type EventStore, PeriodicTask } from '@imprest/application';
import { AnotherEventStore, confirmStoreIdentity, type StoreKind } from './store-identity.js';

const LOOK_MS = 2_000;

/**
 * A store that is empty at the start is like any other empty one. This looks on until it has its first event,
 * and ends the process when another process has met another store meanwhile.
 */
export class StoreIdentityWatch {
  /** Settles with the reason when the store turns out to be another one. */
  readonly lost: Promise<string>;
  private readonly task: PeriodicTask;

  constructor(connectionString: string, store: EventStore, kind: StoreKind) {
    let lose: (reason: string) => void = () => {};
    this.lost = new Promise((resolve) => {
      lose = resolve;
    });
    const look = async () => {
      if (await confirmStoreIdentity(connectionString, store, kind)) void this.task.stop();
    };
    this.task = new PeriodicTask(LOOK_MS, look, (error) => {
      // An engine that is away is told by others; then there is another look.
      if (error instanceof AnotherEventStore) lose(error.message);
    });
  }

  start(): void {
    this.task.start();
  }

  async close(): Promise<void> {
    await this.task.stop();
  }
}
