import type {
  AssetStore,
  CheckpointStore,
  Clock,
  DataKeys,
  DeciderRunner,
  EncryptedAssets,
  EndpointTraffic,
  EventStore,
  IdentityStore,
  MessageBus,
  Moderator,
  ParkedStreams,
  PreviewStore,
  WorkerRegistry,
  WorkQueue,
} from '@imprest/application';
import type { AttemptRules } from '@imprest/domain';
import type { OutgoingHttp } from '@imprest/outgoing-http';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { Config, OperatorKeys } from '../config/index.js';
import type { Metrics } from '../metrics/metrics.js';
import type { ReloadingCatalogue } from '../models/reloading-catalogue.js';
import type { Service } from '../operations/services.js';
import type { RequestRates } from '../rate-limits/index.js';
import type { Tracing } from '../tracing/index.js';
import type { EngineCheck } from './engine-checks.js';

/** Every engine of a process behind its port, open and ready. */
export interface Infrastructure {
  readonly config: Config;
  readonly service: Service;
  readonly keys: OperatorKeys;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly connectionString: string;
  readonly eventStore: EventStore;
  readonly messageBus: MessageBus;
  readonly checkpoints: CheckpointStore;
  readonly parkedStreams: ParkedStreams;
  readonly runner: DeciderRunner;
  readonly dataKeys: DataKeys;
  readonly assetStore: AssetStore;
  readonly assets: EncryptedAssets;
  readonly moderator: Moderator;
  readonly models: ReloadingCatalogue;
  readonly outgoing: OutgoingHttp;
  readonly rates: RequestRates;
  readonly jobQueue: WorkQueue;
  readonly workerRegistry: WorkerRegistry;
  readonly webhookQueue: WorkQueue;
  readonly endpointTraffic: EndpointTraffic;
  readonly previews: PreviewStore;
  readonly identityStore: IdentityStore;
  readonly deadlineQueue: WorkQueue;
  readonly attemptRules: AttemptRules;
  readonly dataSource: DataSource;
  /** How to ask each engine whether it works. */
  readonly checks: readonly EngineCheck[];
  /** Settles with the reason when an engine has gone that the process cannot do without. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}
