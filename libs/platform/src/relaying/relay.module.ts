import { CLOCK, type Clock, EVENT_STORE, type EventStore } from '@imprest/application';
import {
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../config/index.js';
import { Metrics } from '../metrics/metrics.js';
import type { Service } from '../operations/services.js';
import { CONFIG, LOGGER, SERVICE } from '../tokens.js';
import { HostedRelay } from './hosted-relay.js';

/**
 * Lets a process relay the event store to Kafka, or stand by to, when events travel through Kafka. With any
 * other bus it does nothing. In a process that is made of several modules which import it, it is there once.
 */
@Module({})
export class RelayModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private relay: HostedRelay | undefined;

  constructor(
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SERVICE) private readonly service: Service,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    const { metrics, service, store, clock, logger } = this;
    const { messageBus: choice, databaseUrl: connectionString } = this.config;
    if (choice.kind !== 'kafka' || connectionString === undefined) return;
    const { name } = service;
    const parts = { choice, connectionString, service: name, store, clock, logger, metrics };
    this.relay = await HostedRelay.open(parts);
  }

  onApplicationBootstrap(): void {
    this.relay?.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.relay?.stop();
  }
}
