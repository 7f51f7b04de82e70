import { DeciderRunner, EncryptedAssets, type EventStore, systemClock } from '@imprest/application';
import { PostgresEndpointTraffic } from '@imprest/endpoint-traffic-postgres';
import { PostgresIdentityStore } from '@imprest/identity-postgres';
import { OutgoingHttp } from '@imprest/outgoing-http';
import { PostgresPreviewStore } from '@imprest/previews-postgres';
import { PostgresRateLimits } from '@imprest/rate-limits-postgres';
import {
  createDataSource,
  PostgresCheckpointStore,
  PostgresParkedStreams,
  PostgresSnapshotStore,
  runMigrations,
} from '@imprest/read-models';
import { PostgresWorkerRegistry } from '@imprest/worker-registry-postgres';
import { loadAttemptRules } from '../attempts/attempt-rules.js';
import { type Config, ConfigError, operatorKeys } from '../config/index.js';
import { createLogger } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { ReloadingCatalogue } from '../models/reloading-catalogue.js';
import { type Service, services } from '../operations/services.js';
import { loadRatePlan, RequestRates } from '../rate-limits/index.js';
import { openTracing } from '../tracing/index.js';
import { openDatabase } from './database.js';
import { confirmStoreIdentity } from './deployment/store-identity.js';
import { StoreIdentityWatch } from './deployment/store-identity-watch.js';
import { unsafeMixes } from './deployment/unsafe-mixes.js';
import { engineChecks } from './engine-checks.js';
import { openAssetStore } from './engines/asset-store.js';
import { openDataKeys } from './engines/data-keys.js';
import { eventStoreObserver, openEventStore } from './engines/event-store.js';
import { openMessageBus } from './engines/message-bus.js';
import { openPromptModerator } from './engines/prompt-moderator.js';
import { openWorkQueues } from './engines/work-queues.js';
import type { Infrastructure } from './infrastructure.js';
import { allMigrations } from './migrations.js';
import { OpenEngines } from './open-engines.js';

/**
 * Picks the adapters that the configuration names and opens them. The one place that knows them.
 * @throws ConfigError for what must not run together, AnotherEventStore when the database belongs to one
 */
export async function createInfrastructure(
  config: Config,
  service: Service = services.imprest,
): Promise<Infrastructure> {
  const problems = unsafeMixes(config, service);
  if (problems.length > 0) throw new ConfigError(problems);
  const opened = new OpenEngines();
  try {
    return await open(config, service, opened);
  } catch (error) {
    await opened.close().catch(() => {});
    throw error;
  }
}

async function open(
  config: Config,
  service: Service,
  opened: OpenEngines,
): Promise<Infrastructure> {
  const logger = createLogger(config);
  const metrics = new Metrics();
  const models = await opened.adopt(new ReloadingCatalogue({ file: config.modelsFile, logger }));
  const plan = loadRatePlan(config.rateLimitsFile);
  const attemptRules = loadAttemptRules(config.attemptRulesFile);
  const keys = operatorKeys(config, service);
  const database = await openDatabase(config, logger);
  opened.add(() => database.stop());
  const { connectionString } = database;
  await runMigrations(connectionString, allMigrations);
  const own = { connectionString };
  const clock = systemClock;
  const nowMs = () => clock.now().getTime();
  const limits = await opened.adopt(new PostgresRateLimits({ ...own, nowMs }));
  const tracing = await opened.adopt(openTracing(config, service.name));
  const ears = { ...eventStoreObserver(metrics, logger), tracing };
  const masterKey = keys.secrets.dataKeyMaster;
  const outgoing = await opened.adopt(new OutgoingHttp({ allowCidrs: config.webhookAllowCidrs }));
  const { moderator } = await opened.adopt(openPromptModerator(config));
  const checkpoints = await opened.adopt(new PostgresCheckpointStore(own));
  const parkedStreams = await opened.adopt(new PostgresParkedStreams(own));
  const workerRegistry = await opened.adopt(new PostgresWorkerRegistry(own));
  const snapshots = await opened.adopt(new PostgresSnapshotStore(own));
  const endpointTraffic = await opened.adopt(new PostgresEndpointTraffic(own));
  const previews = await opened.adopt(new PostgresPreviewStore(own));
  const identityStore = await opened.adopt(new PostgresIdentityStore(own));
  const [dataSource, assets, dataKeys, queues, eventStore] = await Promise.all([
    opened.adoptWith(createDataSource({ url: connectionString }), (source) => source.destroy()),
    opened.adopt(openAssetStore(config)),
    opened.adopt(openDataKeys(connectionString, masterKey)),
    openWorkQueues(connectionString, opened),
    opened.adopt(openEventStore(config, connectionString, 'imprest event store', ears)),
  ]);
  const watch = await openIdentityWatch(config, connectionString, eventStore, opened);
  const clientId = `imprest-${service.name}`;
  const bus = await openMessageBus(config, eventStore, connectionString, clientId, logger);
  const messageBus = await opened.adopt(bus.messageBus);
  const { assetStore } = assets;
  return {
    config,
    service,
    keys,
    clock,
    logger,
    metrics,
    tracing,
    connectionString,
    eventStore,
    messageBus,
    checkpoints,
    parkedStreams,
    runner: new DeciderRunner({ store: eventStore, snapshots, clock }),
    dataKeys,
    assetStore,
    assets: new EncryptedAssets(assetStore, dataKeys),
    moderator,
    models,
    outgoing,
    rates: new RequestRates(limits, plan),
    workerRegistry,
    ...queues,
    endpointTraffic,
    previews,
    identityStore,
    attemptRules,
    dataSource,
    checks: engineChecks({ dataSource, eventStore, assetStore: assets, messageBus: bus }),
    lost: Promise.race([database.lost, watch.lost]),
    close: () => opened.close(),
  };
}

async function openIdentityWatch(
  { eventStore: { kind } }: Config,
  connectionString: string,
  eventStore: EventStore,
  opened: OpenEngines,
): Promise<StoreIdentityWatch> {
  const isKnown = await confirmStoreIdentity(connectionString, eventStore, kind);
  const watch = await opened.adopt(new StoreIdentityWatch(connectionString, eventStore, kind));
  if (!isKnown) watch.start();
  return watch;
}
