import {
  AccountingPeriods,
  ApiKeyAuthenticator,
  ApiKeys,
  ASSET_STORE,
  ATTEMPT_RULES,
  AuditFindings,
  CaseConsequences,
  CHECKPOINT_STORE,
  CharacterEraser,
  CLOCK,
  CLOSING_BOOKS,
  ConsentEraser,
  ConsoleSessions,
  DATA_KEYS,
  DEADLINE_QUEUE,
  DeciderRunner,
  ENDPOINT_TRAFFIC,
  EncryptedAssets,
  EndUserDirectory,
  EndUserEraser,
  EVENT_STORE,
  GENERATION_INDEX,
  GenerationEraser,
  IDENTITY_PROVIDER,
  IDENTITY_STORE,
  JOB_QUEUE,
  LEDGER_SEALS,
  MESSAGE_BUS,
  Memberships,
  MODEL_CATALOGUE,
  MODERATOR,
  OUTGOING_TARGET_GUARD,
  PARKED_STREAMS,
  PASSWORD_HASHER,
  Parking,
  PREVIEW_STORE,
  RECONCILIATION_BOOKS,
  ScalingSignals,
  SECRETS,
  StoredReferences,
  StreamChanges,
  TenantShares,
  Tenants,
  TIER_SHARES,
  TIME_CODES,
  type TierShares,
  TOKENS_PER_CREDIT,
  WEBHOOK_MESSAGE_INDEX,
  WEBHOOK_QUEUE,
  WithheldOutputs,
  WORKER_REGISTRY,
  WorkCosts,
  WorkerControl,
} from '@imprest/application';
import { Argon2PasswordHasher, OtplibTimeCodes } from '@imprest/credentials';
import { OutgoingHttp } from '@imprest/outgoing-http';
import {
  ApiKeyUsage,
  ClosingQueries,
  GenerationQueries,
  LedgerSealing,
  ModelCosts,
  ReconciliationQueries,
  WebhookQueries,
} from '@imprest/read-models';
import type { DynamicModule, InjectionToken } from '@nestjs/common';
import { ConsumerHost } from '../consumers/consumer-host.js';
import { ApiKeyUsageRecorder } from '../http/api-key-usage-recorder.js';
import { RequestPressure } from '../http/request-pressure.js';
import { Metrics } from '../metrics/metrics.js';
import { ReloadingCatalogue } from '../models/reloading-catalogue.js';
import { HealthNotes } from '../operations/health-notes.js';
import { RequestRates } from '../rate-limits/index.js';
import {
  API_KEY_USAGE,
  CONFIG,
  CONNECTION_STRING,
  DATA_SOURCE,
  ENGINE_CHECKS,
  LOGGER,
  OPERATOR_KEYS,
  SERVICE,
  TRACING,
} from '../tokens.js';
import { openIdentityProvider } from './engines/identity-provider.js';
import type { Infrastructure } from './infrastructure.js';
import { ledgerSealing } from './ledger-sealing.js';

const services = [
  AccountingPeriods,
  AuditFindings,
  HealthNotes,
  ApiKeyAuthenticator,
  ApiKeys,
  ApiKeyUsageRecorder,
  CaseConsequences,
  CharacterEraser,
  ConsentEraser,
  ConsoleSessions,
  ConsumerHost,
  EndUserDirectory,
  EndUserEraser,
  GenerationEraser,
  Memberships,
  StreamChanges,
  TenantShares,
  Tenants,
];

class InfrastructureModule {}

function scalingSignals(infrastructure: Infrastructure): ScalingSignals {
  const { workerRegistry: registry, jobQueue: queue, models: catalogue, config } = infrastructure;
  return new ScalingSignals({
    ...{ registry, queue, catalogue },
    targetWaitSeconds: config.scalingTargetWaitSeconds,
  });
}

function storedReferences({ assets, assetStore, keys }: Infrastructure): StoredReferences {
  return new StoredReferences(assets, assetStore, keys.secrets.pseudonymPepper);
}

function withheldOutputs({ assets, assetStore, config }: Infrastructure): WithheldOutputs {
  return new WithheldOutputs(assets, assetStore, config.moderation.withheldDays);
}

function tierShares({ rates: { plan } }: Infrastructure): TierShares {
  const [standard = { weight: 1, priority: 0 }] = plan.shares.values();
  return (tier) => (tier === null ? standard : (plan.shares.get(tier) ?? standard));
}

function workCosts({ dataSource, models: catalogue, clock }: Infrastructure): WorkCosts {
  return new WorkCosts({ history: new ModelCosts(dataSource), catalogue, clock });
}

/** Makes the open engines injectable, under the names of their ports, in every module of the process. */
export function infrastructureModule(infrastructure: Infrastructure): DynamicModule {
  const pressure = new RequestPressure();
  const sealing = ledgerSealing(infrastructure, pressure);
  const values: readonly (readonly [InjectionToken, unknown])[] = [
    [CONFIG, infrastructure.config],
    [SERVICE, infrastructure.service],
    [ENGINE_CHECKS, infrastructure.checks],
    [TRACING, infrastructure.tracing],
    [OPERATOR_KEYS, infrastructure.keys],
    [SECRETS, infrastructure.keys.secrets],
    [CLOCK, infrastructure.clock],
    [LOGGER, infrastructure.logger],
    [Metrics, infrastructure.metrics],
    [EVENT_STORE, infrastructure.eventStore],
    [MESSAGE_BUS, infrastructure.messageBus],
    [CHECKPOINT_STORE, infrastructure.checkpoints],
    [PARKED_STREAMS, infrastructure.parkedStreams],
    [
      Parking,
      new Parking(infrastructure.runner, infrastructure.parkedStreams, infrastructure.clock),
    ],
    [DeciderRunner, infrastructure.runner],
    [DATA_KEYS, infrastructure.dataKeys],
    [ASSET_STORE, infrastructure.assetStore],
    [EncryptedAssets, infrastructure.assets],
    [StoredReferences, storedReferences(infrastructure)],
    [WithheldOutputs, withheldOutputs(infrastructure)],
    [TOKENS_PER_CREDIT, infrastructure.config.credits.tokensPerCredit],
    [MODERATOR, infrastructure.moderator],
    [MODEL_CATALOGUE, infrastructure.models],
    [ReloadingCatalogue, infrastructure.models],
    [OutgoingHttp, infrastructure.outgoing],
    [RequestRates, infrastructure.rates],
    [OUTGOING_TARGET_GUARD, infrastructure.outgoing],
    [JOB_QUEUE, infrastructure.jobQueue],
    [WEBHOOK_QUEUE, infrastructure.webhookQueue],
    [ENDPOINT_TRAFFIC, infrastructure.endpointTraffic],
    [PREVIEW_STORE, infrastructure.previews],
    [IDENTITY_STORE, infrastructure.identityStore],
    [PASSWORD_HASHER, new Argon2PasswordHasher()],
    [TIME_CODES, new OtplibTimeCodes()],
    [WORKER_REGISTRY, infrastructure.workerRegistry],
    [WorkerControl, new WorkerControl(infrastructure.runner, infrastructure.workerRegistry)],
    [ScalingSignals, scalingSignals(infrastructure)],
    [DEADLINE_QUEUE, infrastructure.deadlineQueue],
    [ATTEMPT_RULES, infrastructure.attemptRules],
    [DATA_SOURCE, infrastructure.dataSource],
    [CONNECTION_STRING, infrastructure.connectionString],
    [WorkCosts, workCosts(infrastructure)],
    [TIER_SHARES, tierShares(infrastructure)],
    [GENERATION_INDEX, new GenerationQueries(infrastructure.dataSource)],
    [WEBHOOK_MESSAGE_INDEX, new WebhookQueries(infrastructure.dataSource)],
    [RECONCILIATION_BOOKS, new ReconciliationQueries(infrastructure.dataSource)],
    [CLOSING_BOOKS, new ClosingQueries(infrastructure.dataSource)],
    [RequestPressure, pressure],
    [LEDGER_SEALS, sealing],
    [LedgerSealing, sealing],
    [API_KEY_USAGE, new ApiKeyUsage(infrastructure.dataSource)],
  ];
  return {
    module: InfrastructureModule,
    global: true,
    providers: [
      ...values.map(([provide, useValue]) => ({ provide, useValue })),
      { provide: IDENTITY_PROVIDER, useFactory: () => openIdentityProvider(infrastructure) },
      ...services,
    ],
    exports: [...values.map(([token]) => token), IDENTITY_PROVIDER, ...services],
  };
}
