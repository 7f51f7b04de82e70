import {
  CLOCK,
  type Clock,
  MODEL_CATALOGUE,
  type ModelCatalogue,
  WORKER_REGISTRY,
  WorkerFleet,
  type WorkerRegistry,
} from '@imprest/application';
import { LOGGER } from '@imprest/platform';
import type { FactoryProvider } from '@nestjs/common';
import type { Logger } from 'pino';

export const workerFleetProvider: FactoryProvider<WorkerFleet> = {
  provide: WorkerFleet,
  inject: [WORKER_REGISTRY, MODEL_CATALOGUE, CLOCK, LOGGER],
  useFactory: (
    registry: WorkerRegistry,
    catalogue: ModelCatalogue,
    clock: Clock,
    logger: Logger,
  ) => {
    const troubled = (what: string, err: unknown) => logger.error({ what, err }, 'workers');
    return new WorkerFleet({ registry, catalogue, clock, troubled });
  },
};
