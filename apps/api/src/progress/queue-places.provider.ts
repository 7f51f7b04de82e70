import {
  CLOCK,
  type Clock,
  JOB_QUEUE,
  MODEL_CATALOGUE,
  type ModelCatalogue,
  QueuePlaces,
  WORKER_REGISTRY,
  WorkCosts,
  WorkerFleet,
  type WorkerRegistry,
  type WorkQueue,
} from '@imprest/application';
import { LOGGER } from '@imprest/platform';
import type { FactoryProvider } from '@nestjs/common';
import type { Logger } from 'pino';

export const queuePlacesProvider: FactoryProvider<QueuePlaces> = {
  provide: QueuePlaces,
  inject: [JOB_QUEUE, WORKER_REGISTRY, MODEL_CATALOGUE, WorkCosts, CLOCK, LOGGER],
  useFactory: (
    queue: WorkQueue,
    registry: WorkerRegistry,
    catalogue: ModelCatalogue,
    costs: WorkCosts,
    clock: Clock,
    logger: Logger,
  ) => {
    const troubled = (what: string, err: unknown) => logger.error({ what, err }, 'queue places');
    const fleet = new WorkerFleet({ registry, catalogue, clock, troubled });
    return new QueuePlaces({ queue, costs, fleet, catalogue, clock });
  },
};
