import {
  CLOCK,
  type Clock,
  DeciderRunner,
  PAYMENT_PROVIDERS,
  type PaymentProviders,
  PaymentSweep,
  PeriodicTask,
  TOP_UP_INDEX,
  type TopUpIndex,
} from '@imprest/application';
import { LOGGER } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

const WAITING_EVERY_MS = 120_000;
const CHANGES_EVERY_MS = 3_600_000;
/** Longer than any process is down, and than a provider takes to tell of something in its lists. */
const LOOK_BACK_MS = 3 * 86_400_000;

/** Looks for what payment providers did not tell: payments every two minutes, whatever else each hour. */
@Injectable()
export class PaymentWatch {
  private readonly sweep: PaymentSweep;
  private readonly waiting: PeriodicTask;
  private readonly changes: PeriodicTask;

  constructor(
    runner: DeciderRunner,
    @Inject(PAYMENT_PROVIDERS) providers: PaymentProviders,
    @Inject(TOP_UP_INDEX) index: TopUpIndex,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.sweep = new PaymentSweep({ runner, providers, index, clock, observer: this });
    const failed = (error: unknown) => this.logger.warn({ err: error }, 'payments were not swept');
    this.waiting = new PeriodicTask(WAITING_EVERY_MS, () => this.sweep.sweepWaiting(), failed);
    this.changes = new PeriodicTask(CHANGES_EVERY_MS, () => this.sweepChanges(), failed);
  }

  start(): void {
    this.waiting.startLater();
    this.changes.startLater();
  }

  async stop(): Promise<void> {
    await Promise.all([this.waiting.stop(), this.changes.stop()]);
  }

  troubled(provider: string, error: unknown): void {
    this.logger.warn({ provider, err: error }, 'payments could not be looked at');
  }

  foreign(provider: string, checkoutId: string, reason: string): void {
    this.logger.error({ provider, checkoutId, reason }, 'a payment belongs to no top-up');
  }

  private sweepChanges(): Promise<void> {
    const since = new Date(this.clock.now().getTime() - LOOK_BACK_MS);
    return this.sweep.sweepChanges(since);
  }
}
