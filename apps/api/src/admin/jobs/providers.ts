import {
  CLOCK,
  type Clock,
  CloseModelBreakerHandler,
  DeadLetterRedrive,
  DeciderRunner,
  EVENT_STORE,
  type EventStore,
  JOB_QUEUE,
  MODEL_CATALOGUE,
  ModelBreakers,
  type ModelCatalogue,
  RedriveInBulk,
  RedrivePermission,
  WaitingReasons,
  WorkerFleet,
  type WorkQueue,
} from '@imprest/application';
import type { Provider } from '@nestjs/common';

const breakers: Provider = {
  provide: ModelBreakers,
  inject: [EVENT_STORE, CLOCK],
  useFactory: (store: EventStore, clock: Clock) => new ModelBreakers(store, clock),
};

const waitingReasons: Provider = {
  provide: WaitingReasons,
  inject: [
    DeciderRunner,
    EVENT_STORE,
    JOB_QUEUE,
    WorkerFleet,
    MODEL_CATALOGUE,
    ModelBreakers,
    CLOCK,
  ],
  useFactory: (
    runner: DeciderRunner,
    store: EventStore,
    queue: WorkQueue,
    fleet: WorkerFleet,
    catalogue: ModelCatalogue,
    standing: ModelBreakers,
    clock: Clock,
  ) => new WaitingReasons({ runner, store, queue, fleet, catalogue, breakers: standing, clock }),
};

export const jobProviders: readonly Provider[] = [
  breakers,
  waitingReasons,
  CloseModelBreakerHandler,
  DeadLetterRedrive,
  RedriveInBulk,
  RedrivePermission,
];
