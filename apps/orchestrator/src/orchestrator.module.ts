import { JOB_QUEUE, Orchestration, ScalingSignals, type WorkQueue } from '@imprest/application';
import { ConsumerHost, Metrics, RelayModule } from '@imprest/platform';
import {
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { orchestrationProvider } from './orchestration.provider.js';
import { outputStageProvider } from './output-stage/output-stage.provider.js';
import { LeasesController } from './worker-api/leases.controller.js';
import { LongPolls } from './worker-api/long-polls.js';
import { previewRoute } from './worker-api/preview-route.js';
import { uploadRoute } from './worker-api/upload-route.js';
import { WorkersController } from './worker-api/workers.controller.js';

/** From a hold on an account to work on a GPU and back: queue, leases, retries, settlement. */
@Module({
  imports: [RelayModule],
  controllers: [LeasesController, WorkersController],
  providers: [LongPolls, outputStageProvider, orchestrationProvider],
})
export class OrchestratorModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly orchestration: Orchestration,
    private readonly polls: LongPolls,
    private readonly consumers: ConsumerHost,
    private readonly metrics: Metrics,
    private readonly http: HttpAdapterHost,
    private readonly scaling: ScalingSignals,
    @Inject(JOB_QUEUE) private readonly queue: WorkQueue,
  ) {}

  onModuleInit(): void {
    this.consumers.add(...this.orchestration.reactors);
    this.metrics.sampleQueue('jobs', this.queue);
    this.metrics.sampleScaling(this.scaling);
    this.metrics.sampleBreakers(this.orchestration.breakers);
    const fastify: FastifyInstance = this.http.httpAdapter.getInstance();
    fastify.register(uploadRoute(this.orchestration.leases));
    fastify.register(previewRoute(this.orchestration.leases));
  }

  onApplicationBootstrap(): void {
    this.orchestration.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.polls.drain();
    await this.orchestration.stop();
  }
}
