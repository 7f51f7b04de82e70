import {
  BalanceAlerts,
  DeciderRunner,
  EVENT_STORE,
  type EventStore,
  WEBHOOK_QUEUE,
  WebhookEndpoints,
  WebhookMessageCreator,
  type WorkQueue,
} from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { ConsumerHost, Metrics, RelayModule } from '@imprest/platform';
import {
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { DeliveryAttempt } from './delivery/delivery-attempt.js';
import { DeliverySource } from './delivery/delivery-source.js';
import { MessageDelivery } from './delivery/message-delivery.js';
import { TenantSecrets } from './delivery/tenant-secrets.js';
import { WebhookDeliverer } from './delivery/webhook-deliverer.js';

/** Messages, attempts and retries: from the end of a generation to a signed POST at the receiver. */
@Module({
  imports: [RelayModule],
  providers: [
    BalanceAlerts,
    DeliveryAttempt,
    DeliverySource,
    GenerationRecords,
    MessageDelivery,
    TenantSecrets,
    WebhookDeliverer,
    WebhookEndpoints,
  ],
})
export class WebhooksModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly deliverer: WebhookDeliverer,
    private readonly consumers: ConsumerHost,
    private readonly metrics: Metrics,
    private readonly runner: DeciderRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(WEBHOOK_QUEUE) private readonly queue: WorkQueue,
  ) {}

  onModuleInit(): void {
    this.consumers.add(new WebhookMessageCreator(this.runner, this.store, this.queue));
    this.metrics.sampleQueue('webhooks', this.queue);
  }

  onApplicationBootstrap(): void {
    this.deliverer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.deliverer.stop();
  }
}
