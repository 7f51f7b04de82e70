import {
  CHECKPOINT_STORE,
  type CheckpointStore,
  CLOCK,
  type Clock,
  DATA_KEYS,
  type DataKeys,
  DeciderRunner,
  EncryptedAssets,
  EVENT_STORE,
  type EventStore,
  JOB_QUEUE,
  MODEL_CATALOGUE,
  type ModelCatalogue,
  Orchestration,
  SECRETS,
  type Secrets,
  StoredReferences,
  type WorkQueue,
} from '@imprest/application';
import { defaultRetryPolicy } from '@imprest/domain';
import { CONFIG, type Config, LOGGER, Metrics } from '@imprest/platform';
import { sniffOutput } from '@imprest/provenance-marking';
import type { FactoryProvider } from '@nestjs/common';
import type { Logger } from 'pino';

/** The use cases of orchestration over whichever engines the process has. */
export const orchestrationProvider: FactoryProvider<Orchestration> = {
  provide: Orchestration,
  inject: [
    CONFIG,
    LOGGER,
    Metrics,
    DeciderRunner,
    EncryptedAssets,
    EVENT_STORE,
    CHECKPOINT_STORE,
    JOB_QUEUE,
    DATA_KEYS,
    MODEL_CATALOGUE,
    SECRETS,
    CLOCK,
    StoredReferences,
  ],
  useFactory: (
    config: Config,
    logger: Logger,
    metrics: Metrics,
    runner: DeciderRunner,
    assets: EncryptedAssets,
    store: EventStore,
    checkpoints: CheckpointStore,
    queue: WorkQueue,
    dataKeys: DataKeys,
    catalogue: ModelCatalogue,
    secrets: Secrets,
    clock: Clock,
    references: StoredReferences,
  ) =>
    new Orchestration({
      runner,
      assets,
      store,
      checkpoints,
      queue,
      dataKeys,
      catalogue,
      secrets,
      clock,
      references,
      leaseSeconds: config.leaseSeconds,
      retryPolicy: defaultRetryPolicy,
      random: Math.random,
      inspect: sniffOutput,
      observer: {
        attemptEnded: (outcome) => metrics.jobAttempts.inc({ outcome }),
        troubled: (what, error) => logger.error({ what, err: error }, 'orchestration'),
      },
    }),
};
