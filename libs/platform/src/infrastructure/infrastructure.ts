import { join } from 'node:path';
import {
  type AssetStore,
  type CheckpointStore,
  type Clock,
  type DataKeys,
  DeciderRunner,
  EncryptedAssets,
  type EventStore,
  type MessageBus,
  type ModelCatalogue,
  type Moderator,
  systemClock,
  type WorkQueue,
} from '@imprest/application';
import { FilesAssetStore } from '@imprest/asset-store-files';
import { migrations as dataKeyMigrations, PostgresDataKeys } from '@imprest/data-keys-postgres';
import {
  migrations as eventStoreMigrations,
  PostgresEventStore,
} from '@imprest/event-store-postgres';
import { DirectMessageBus } from '@imprest/message-bus-direct';
import { LocalRulesModerator } from '@imprest/moderator-local-rules';
import { OutgoingHttp } from '@imprest/outgoing-http';
import {
  createDataSource,
  PostgresCheckpointStore,
  PostgresSnapshotStore,
  migrations as readModelMigrations,
  runMigrations,
} from '@imprest/read-models';
import { PostgresWorkQueue, migrations as workQueueMigrations } from '@imprest/work-queue-postgres';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { type Config, type OperatorKeys, operatorKeys } from '../config/index.js';
import { createLogger } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { loadModels } from '../models/model-catalogue.js';
import { openDatabase } from './database.js';

/** Every engine of a process behind its port, open and ready. */
export interface Infrastructure {
  readonly config: Config;
  readonly keys: OperatorKeys;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly connectionString: string;
  readonly eventStore: EventStore;
  readonly messageBus: MessageBus;
  readonly checkpoints: CheckpointStore;
  readonly runner: DeciderRunner;
  readonly dataKeys: DataKeys;
  readonly assetStore: AssetStore;
  readonly assets: EncryptedAssets;
  readonly moderator: Moderator;
  readonly models: ModelCatalogue;
  readonly outgoing: OutgoingHttp;
  readonly jobQueue: WorkQueue;
  readonly webhookQueue: WorkQueue;
  readonly dataSource: DataSource;
  /** Settles when an engine the process cannot do without has ended by itself. */
  readonly lost: Promise<void>;
  close(): Promise<void>;
}

export const allMigrations = [
  ...eventStoreMigrations,
  ...dataKeyMigrations,
  ...workQueueMigrations,
  ...readModelMigrations,
];

function eventStoreOptions(connectionString: string, metrics: Metrics, logger: Logger) {
  return {
    connectionString,
    applicationName: 'imprest event store',
    observer: {
      appended: (events: number, _appends: number, seconds: number) => {
        metrics.appendedEvents.inc(events);
        metrics.appends.observe(seconds);
      },
      unavailable: (appends: number, error: Error) =>
        logger.error({ appends, err: error }, 'event store does not take appends'),
      retrying: (what: string, error: unknown, retryInMs: number) =>
        logger.warn({ what, retryInMs, err: error }, 'event store: trying again'),
    },
  };
}

/** Picks the adapters that the configuration names and opens them. The one place that knows them. */
export async function createInfrastructure(config: Config): Promise<Infrastructure> {
  const logger = createLogger(config);
  const metrics = new Metrics();
  const models = loadModels(config.modelsFile);
  const keys = operatorKeys(config);
  const database = await openDatabase(config, logger);
  const { connectionString } = database;
  try {
    await runMigrations(connectionString, allMigrations);
    const masterKey = keys.secrets.dataKeyMaster;
    const [eventStore, dataKeys, jobQueue, webhookQueue, dataSource, assetStore] =
      await Promise.all([
        PostgresEventStore.connect(eventStoreOptions(connectionString, metrics, logger)),
        PostgresDataKeys.connect({ connectionString, masterKey }),
        PostgresWorkQueue.connect({ connectionString, queue: 'jobs' }),
        PostgresWorkQueue.connect({ connectionString, queue: 'webhooks' }),
        createDataSource({ url: connectionString }),
        FilesAssetStore.open({ directory: join(config.dataDirectory, 'assets') }),
      ]);
    const checkpoints = new PostgresCheckpointStore({ connectionString });
    const snapshots = new PostgresSnapshotStore({ connectionString });
    const messageBus = new DirectMessageBus(eventStore, connectionString);
    const outgoing = new OutgoingHttp({ allowCidrs: config.webhookAllowCidrs });
    const clock = systemClock;
    const closing = [messageBus, eventStore, jobQueue, webhookQueue, dataKeys];
    return {
      config,
      keys,
      clock,
      logger,
      metrics,
      connectionString,
      eventStore,
      messageBus,
      checkpoints,
      runner: new DeciderRunner({ store: eventStore, snapshots, clock }),
      dataKeys,
      assetStore,
      assets: new EncryptedAssets(assetStore, dataKeys),
      moderator: new LocalRulesModerator(),
      models,
      outgoing,
      jobQueue,
      webhookQueue,
      dataSource,
      lost: database.lost,
      close: async () => {
        for (const engine of closing) await engine.close();
        await Promise.all([
          checkpoints.close(),
          snapshots.close(),
          outgoing.close(),
          dataSource.destroy(),
        ]);
        await database.stop();
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
