export { loadAttemptRules } from './attempts/attempt-rules.js';
export * from './config/index.js';
export { ConsumerHost } from './consumers/consumer-host.js';
export { YieldingPace } from './consumers/yielding-pace.js';
export * from './http/index.js';
export { createInfrastructure } from './infrastructure/create-infrastructure.js';
export { attachDatabase, type Database } from './infrastructure/database.js';
export {
  AnotherEventStore,
  confirmStoreIdentity,
  readStoreIdentity,
  recordStoreIdentity,
  type StoreIdentity,
  type StoreKind,
} from './infrastructure/deployment/store-identity.js';
export { openAssetStore } from './infrastructure/engines/asset-store.js';
export { openDataKeys } from './infrastructure/engines/data-keys.js';
export { openEventStore } from './infrastructure/engines/event-store.js';
export { kafkaConnection } from './infrastructure/engines/message-bus.js';
export { openPromptModerator } from './infrastructure/engines/prompt-moderator.js';
export { openJobQueue } from './infrastructure/engines/work-queues.js';
export type { Infrastructure } from './infrastructure/infrastructure.js';
export { allMigrations } from './infrastructure/migrations.js';
export { readModelQueries } from './infrastructure/read-model-queries.js';
export { createLogger, NestLogger } from './logging/logger.js';
export { Metrics } from './metrics/metrics.js';
export { loadModels, parseModels } from './models/model-catalogue.js';
export { type DrainStep, drain } from './operations/drain.js';
export { EngineProbe } from './operations/engine-probe.js';
export { HealthNotes } from './operations/health-notes.js';
export { type HealthServer, startHealthServer } from './operations/health-server.js';
export { OperationsModule } from './operations/operations.module.js';
export { type RunningProcess, runProcess } from './operations/run-process.js';
export { endProcess, explain, giveUp, runService } from './operations/run-service.js';
export { type Service, type ServiceName, services } from './operations/services.js';
export { untilSignal } from './operations/until-signal.js';
export {
  loadTopUpPackages,
  parseTopUpPackages,
  paymentProviders,
  paymentsForInjection,
} from './payments/index.js';
export { loadPromptPresets, promptPresetsForInjection } from './presets/index.js';
export {
  loadProviders,
  openProviders,
  type ProviderEntry,
  type ProviderServices,
  parseProviders,
} from './providers/index.js';
export {
  answerRateVerdict,
  loadRatePlan,
  parseRatePlan,
  type RatePlan,
  RequestRates,
} from './rate-limits/index.js';
export { RelayModule } from './relaying/relay.module.js';
export * from './tokens.js';
export { noTracing, openTracing, type SpanDescription, type Tracing } from './tracing/index.js';
