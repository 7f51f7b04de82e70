import {
  BalanceAlerts,
  BalanceWatch,
  DeciderRunner,
  EVENT_STORE,
  type EventStore,
  PAYMENT_PROVIDERS,
  type PaymentProviders,
  TopUpCrediting,
  TopUpRefunding,
} from '@imprest/application';
import { ConsumerHost, paymentsForInjection } from '@imprest/platform';
import {
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { PaymentWatch } from './payment-watch.js';

/**
 * What follows from payments: tokens on accounts, money sent back, a look for what nobody told; and the watch
 * over balances that get low.
 */
@Module({ providers: [BalanceAlerts, PaymentWatch, ...paymentsForInjection] })
export class PaymentsModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly consumers: ConsumerHost,
    private readonly watch: PaymentWatch,
    private readonly runner: DeciderRunner,
    private readonly alerts: BalanceAlerts,
    @Inject(PAYMENT_PROVIDERS) private readonly providers: PaymentProviders,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  onModuleInit(): void {
    const { runner, providers, alerts, store } = this;
    this.consumers.add(
      new TopUpCrediting(runner),
      new TopUpRefunding(runner, providers),
      new BalanceWatch(alerts, store),
    );
  }

  onApplicationBootstrap(): void {
    this.watch.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.watch.stop();
  }
}
