import {
  BalanceAlerts,
  DeciderRunner,
  ENDPOINT_TRAFFIC,
  EndpointCatchUp,
  type EndpointTraffic,
  EVENT_STORE,
  type EventStore,
  WEBHOOK_MESSAGE_INDEX,
  WEBHOOK_QUEUE,
  WebhookEndpoints,
  WebhookMessageCreator,
  type WebhookMessageIndex,
  WebhookRecoveryWorker,
  type WorkQueue,
} from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { ConsumerHost, Metrics, RelayModule, readModelQueries } from '@imprest/platform';
import {
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { AttemptLog } from './attempt-log/index.js';
import { DeliveryAttempt } from './delivery/delivery-attempt.js';
import { DeliverySource } from './delivery/delivery-source.js';
import { MessageDelivery } from './delivery/message-delivery.js';
import { TenantSecrets } from './delivery/tenant-secrets.js';
import { WebhookDeliverer } from './delivery/webhook-deliverer.js';
import { Deliverers } from './endpoints/deliverers.js';
import { EndpointGate } from './endpoints/endpoint-gate.js';
import { EndpointPlaces } from './endpoints/endpoint-places.js';
import { EndpointSuccesses } from './endpoints/endpoint-successes.js';
import { EndpointTargets } from './endpoints/endpoint-targets.js';
import { LineTurns } from './endpoints/line-turns.js';
import { WaitingExpiry } from './endpoints/waiting-expiry.js';

/** Messages, attempts and retries: from the end of a generation to a signed POST at the receiver. */
@Module({
  imports: [RelayModule],
  providers: [
    AttemptLog,
    BalanceAlerts,
    DeliveryAttempt,
    DeliverySource,
    Deliverers,
    EndpointGate,
    EndpointPlaces,
    EndpointSuccesses,
    EndpointTargets,
    GenerationRecords,
    LineTurns,
    MessageDelivery,
    TenantSecrets,
    WaitingExpiry,
    WebhookDeliverer,
    WebhookEndpoints,
    ...readModelQueries,
  ],
})
export class WebhooksModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly deliverer: WebhookDeliverer,
    private readonly lines: LineTurns,
    private readonly successes: EndpointSuccesses,
    private readonly expiry: WaitingExpiry,
    private readonly log: AttemptLog,
    private readonly consumers: ConsumerHost,
    private readonly metrics: Metrics,
    private readonly runner: DeciderRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(WEBHOOK_QUEUE) private readonly queue: WorkQueue,
    @Inject(ENDPOINT_TRAFFIC) private readonly traffic: EndpointTraffic,
    @Inject(WEBHOOK_MESSAGE_INDEX) private readonly messages: WebhookMessageIndex,
  ) {}

  onModuleInit(): void {
    const { runner, store, queue, messages, traffic } = this;
    this.consumers.add(
      new WebhookMessageCreator(runner, store, queue, traffic),
      new EndpointCatchUp(traffic, queue),
      new WebhookRecoveryWorker(runner, messages, queue),
    );
    this.metrics.sampleQueue('webhooks', this.queue);
  }

  onApplicationBootstrap(): void {
    this.deliverer.start();
    this.lines.start();
    this.successes.start();
    this.expiry.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.expiry.stop();
    await this.deliverer.stop();
    await this.lines.stop();
    await this.successes.stop();
    await this.log.flush();
  }
}
