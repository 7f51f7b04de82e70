import { EVENT_STORE, type EventStore } from '@imprest/application';
import { Controller, Get, Inject, type OnModuleInit, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ConsumerHost } from '../consumers/consumer-host.js';
import { Public } from '../http/access.js';
import { Describes } from '../http/operation.js';
import { Metrics } from '../metrics/metrics.js';
import { operationsDescriptions } from './descriptions.js';
import { EngineProbe } from './engine-probe.js';
import { HealthNotes } from './health-notes.js';

/** Health, readiness and metrics of any process of the product. */
@Controller()
@Describes(operationsDescriptions)
export class OperationsController implements OnModuleInit {
  constructor(
    private readonly probe: EngineProbe,
    private readonly metrics: Metrics,
    private readonly consumers: ConsumerHost,
    private readonly notes: HealthNotes,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  onModuleInit(): void {
    this.metrics.sample(async () => {
      const head = await this.store.head();
      const parked = this.consumers.parkedStreamCounts;
      for (const status of this.consumers.statuses) {
        const { consumer, position, failing, caughtUp, eventsMissed } = status;
        const behind = caughtUp || position === undefined ? 0n : head - position;
        this.metrics.consumerLag.set({ consumer }, Number(behind));
        this.metrics.consumerFailing.set({ consumer }, failing === undefined ? 0 : 1);
        this.metrics.consumerMissed.set({ consumer }, eventsMissed);
        this.metrics.parkedStreams.set({ consumer }, parked.get(consumer) ?? 0);
      }
    });
  }

  /** The process runs; degraded while streams wait for an operator, by consumer, or a part says so. */
  @Get('healthz')
  @Public()
  health() {
    const parked = Object.fromEntries(this.consumers.parkedStreamCounts);
    const notes = this.notes.all;
    const waits = Object.keys(parked).length > 0;
    if (!waits && Object.keys(notes).length === 0) return { status: 'ok' };
    return { status: 'degraded', ...(waits && { parkedStreams: parked }), ...notes };
  }

  /** The process can do its work; 503 says which part cannot. */
  @Get('readyz')
  @Public()
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const readiness = await this.probe.readiness();
    reply.status(readiness.ready ? 200 : 503).send(readiness);
  }

  @Get('metrics')
  @Public()
  async scrape(@Res() reply: FastifyReply): Promise<void> {
    const text = await this.metrics.scrape();
    reply.header('content-type', this.metrics.registry.contentType).send(text);
  }
}
