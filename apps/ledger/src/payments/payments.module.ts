import {
  DeciderRunner,
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

/** What follows from payments: tokens on accounts, money sent back, and a look for what nobody told. */
@Module({ providers: [PaymentWatch, ...paymentsForInjection] })
export class PaymentsModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly consumers: ConsumerHost,
    private readonly watch: PaymentWatch,
    private readonly runner: DeciderRunner,
    @Inject(PAYMENT_PROVIDERS) private readonly providers: PaymentProviders,
  ) {}

  onModuleInit(): void {
    const { runner, providers } = this;
    this.consumers.add(new TopUpCrediting(runner), new TopUpRefunding(runner, providers));
  }

  onApplicationBootstrap(): void {
    this.watch.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.watch.stop();
  }
}
