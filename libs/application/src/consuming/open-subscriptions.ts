import type { Subscription } from '../ports/event-store.js';

/** Subscriptions that have not ended yet, so that whoever made them can end them all. */
export class OpenSubscriptions {
  private readonly open = new Set<Subscription>();

  /** Begins one that goes on until its signal is aborted. */
  begin(follow: (signal: AbortSignal) => Promise<void>): Subscription {
    const stop = new AbortController();
    const ended = follow(stop.signal);
    const close = async () => {
      stop.abort();
      await ended.catch(() => undefined);
    };
    return this.add({ ended, close });
  }

  add(subscription: Subscription): Subscription {
    this.open.add(subscription);
    const forget = () => this.open.delete(subscription);
    // Whoever awaits `ended` sees a failure; nobody awaiting it must not end the process.
    subscription.ended.then(forget, forget);
    return subscription;
  }

  /** Each ends after its running handler. */
  async close(): Promise<void> {
    await Promise.all([...this.open].map((subscription) => subscription.close()));
  }
}
