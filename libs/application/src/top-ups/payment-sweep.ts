import type { DeciderRunner } from '../deciding/decider-runner.js';
import { topUpStream } from '../deciding/stream-types.js';
import type { Clock } from '../ports/clock.js';
import type {
  ObservedPayment,
  PaymentProvider,
  PaymentProviders,
} from '../ports/payment-provider.js';
import type { TopUpIndex, WatchedTopUp } from '../ports/top-up-index.js';
import { observePayment } from './observe-payment.js';
import { observedBy } from './payment-notifications.js';

export interface PaymentSweepObserver {
  /** A provider did not answer, or said something that cannot be. */
  troubled(provider: string, error: unknown): void;
  /** A payment that no top-up takes: it names another checkout than its top-up's, or no top-up at all. */
  foreign(provider: string, checkoutId: string, reason: string): void;
}

export interface PaymentSweepServices {
  readonly runner: DeciderRunner;
  readonly providers: PaymentProviders;
  readonly index: TopUpIndex;
  readonly clock: Clock;
  readonly observer: PaymentSweepObserver;
}

/**
 * Finds what notifications did not tell: they get lost. Safe to run in several processes and beside
 * notifications, since a top-up takes each observation once.
 */
export class PaymentSweep {
  constructor(private readonly services: PaymentSweepServices) {}

  /** Looks at every top-up that waits for money, and ends those whose time is over. */
  async sweepWaiting(): Promise<void> {
    const { index, clock } = this.services;
    for await (const topUp of index.waiting(clock.now())) {
      await this.guarded(topUp.provider, () => this.look(topUp));
    }
  }

  /** Looks at what happened to payments since then, and at open disputes however old they are. */
  async sweepChanges(since: Date): Promise<void> {
    for await (const topUp of this.services.index.disputed()) {
      await this.guarded(topUp.provider, () => this.look(topUp));
    }
    for (const provider of this.services.providers.values()) {
      await this.guarded(provider.name, async () => {
        for await (const observed of provider.list(since)) await this.observe(provider, observed);
      });
    }
  }

  private async guarded(provider: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.services.observer.troubled(provider, error);
    }
  }

  private async look({ id, provider: name, checkoutId: listed }: WatchedTopUp): Promise<void> {
    const { runner, providers, clock } = this.services;
    const provider = providers.get(name);
    // The list may not know yet of a checkout that was opened just now.
    const checkoutId =
      listed ?? (await runner.read(topUpStream, id, ({ checkout }) => checkout?.id ?? null));
    const observed = checkoutId === null ? undefined : await provider?.fetch(checkoutId);
    const context = observedBy(name, 'sweep', id);
    if (observed !== undefined) await observePayment(runner, id, observed.observation, context);
    // A provider that knows the checkout says itself when it is over.
    if (observed !== undefined) return;
    const command = { type: 'ExpireTopUp', now: clock.now().toISOString() } as const;
    await runner.run(topUpStream, id, command, context);
  }

  private async observe(provider: PaymentProvider, observed: ObservedPayment): Promise<void> {
    const { topUpId, observation } = observed;
    if (topUpId === null) return;
    const context = observedBy(provider.name, 'sweep', topUpId);
    const result = await observePayment(this.services.runner, topUpId, observation, context);
    if (result.kind !== 'foreign' || observation.payment === null) return;
    this.services.observer.foreign(provider.name, observation.checkoutId, result.reason);
  }
}
