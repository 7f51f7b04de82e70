import { RateLimitsUnavailable } from '@imprest/application';
import type { Lease, LeaseRequest } from './lease-table.js';

interface Waiting {
  readonly counter: string;
  readonly ask: () => LeaseRequest;
  readonly receive: (lease: Lease) => void;
  readonly fail: (error: Error) => void;
}

type LeaseAll = (requests: readonly LeaseRequest[]) => Promise<ReadonlyMap<string, Lease>>;

/** One statement at a time; leases asked for meanwhile go out together as the next one. */
export class LeaseLane {
  private waiting: Waiting[] = [];
  private isBusy = false;

  constructor(private readonly leaseAll: LeaseAll) {}

  /** @param ask is called when the statement goes out, and so knows how many requests wait by then. */
  lease(counter: string, ask: () => LeaseRequest): Promise<Lease> {
    return new Promise((receive, fail) => {
      this.waiting.push({ counter, ask, receive, fail });
      if (!this.isBusy) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isBusy = true;
    // Whatever is asked for in this turn of the event loop goes along.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.send(this.nextBatch());
    this.isBusy = false;
  }

  /** A statement takes each counter once; whoever asks for the same one again comes next. */
  private nextBatch(): readonly Waiting[] {
    const batch = new Map<string, Waiting>();
    const later: Waiting[] = [];
    for (const waiting of this.waiting) {
      if (batch.has(waiting.counter)) later.push(waiting);
      else batch.set(waiting.counter, waiting);
    }
    this.waiting = later;
    return [...batch.values()];
  }

  private async send(batch: readonly Waiting[]): Promise<void> {
    const requests = batch.map(({ ask }) => ask());
    try {
      const leases = await this.leaseAll(requests);
      for (const { counter, receive, fail } of batch) {
        const lease = leases.get(counter);
        if (lease === undefined) fail(new RateLimitsUnavailable('no lease came back'));
        else receive(lease);
      }
    } catch (cause) {
      const error = new RateLimitsUnavailable('the database of rate limits does not answer', {
        cause,
      });
      for (const { fail } of batch) fail(error);
    }
  }
}
