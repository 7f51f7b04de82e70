import {
  CLOCK,
  type Clock,
  JOB_QUEUE,
  MODEL_CATALOGUE,
  type ModelCatalogue,
  QueuePlaces,
  WorkCosts,
  WorkerFleet,
  type WorkQueue,
} from '@imprest/application';
import type { FactoryProvider } from '@nestjs/common';

export const queuePlacesProvider: FactoryProvider<QueuePlaces> = {
  provide: QueuePlaces,
  inject: [JOB_QUEUE, WorkerFleet, MODEL_CATALOGUE, WorkCosts, CLOCK],
  useFactory: (
    queue: WorkQueue,
    fleet: WorkerFleet,
    catalogue: ModelCatalogue,
    costs: WorkCosts,
    clock: Clock,
  ) => new QueuePlaces({ queue, costs, fleet, catalogue, clock }),
};
