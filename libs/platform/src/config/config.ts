import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { API_KEY_PATTERN } from '@imprest/application';
import { sealKeyFromPem } from '@imprest/ledger-seal';
import { type ConsoleChoice, consoleChoice } from './console-choice.js';
import {
  type ContentCredentialsChoice,
  contentCredentialsChoice,
} from './content-credentials-choice.js';
import { type CreditsChoice, creditsChoice } from './credits-choice.js';
import { type AssetStoreChoice, assetStoreChoice } from './engines/asset-store.js';
import { type EventStoreChoice, eventStoreChoice } from './engines/event-store.js';
import { type MessageBusChoice, messageBusChoice } from './engines/message-bus.js';
import { ConfigError, type Environment, EnvironmentReader } from './environment-reader.js';
import { type ModerationChoice, moderationChoice } from './moderation-choice.js';
import { networkRanges, trustedProxies } from './network-ranges.js';
import { type NamedOperatorKey, namedOperatorKeys } from './operator-names.js';
import { type PaymentsChoice, paymentsChoice } from './payments-choice.js';
import { type TracingChoice, tracingChoice } from './tracing-choice.js';
import { type WorkerTraits, workerTraits } from './worker-traits.js';

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  /** Undefined: embedded PostgreSQL in the data directory. */
  readonly databaseUrl: string | undefined;
  readonly eventStore: EventStoreChoice;
  readonly messageBus: MessageBusChoice;
  readonly assetStore: AssetStoreChoice;
  readonly masterKey: Uint8Array | undefined;
  /** PEM of the Ed25519 key that signs seals; undefined: one kept in the data directory. */
  readonly sealKey: string | undefined;
  readonly adminKey: string | undefined;
  /** Operators with keys of their own, beside the admin key. */
  readonly operators: readonly NamedOperatorKey[];
  readonly demoKey: string | undefined;
  readonly workerKey: string | undefined;
  readonly webhookAllowCidrs: readonly string[];
  readonly publicUrl: string | undefined;
  /** Ranges of addresses whose X-Forwarded-For and -Proto are believed. */
  readonly trustedProxies: readonly string[];
  readonly modelsFile: string | undefined;
  /** YAML file of what a worker renders with; undefined: the built-in one. */
  readonly providersFile: string | undefined;
  /** YAML file of rate limits; undefined: the built-in one. */
  readonly rateLimitsFile: string | undefined;
  /** YAML file of how attempts fail and are tried again; undefined: the built-in one. */
  readonly attemptRulesFile: string | undefined;
  /** YAML file on top of the built-in prompt presets. */
  readonly promptPresetsFile: string | undefined;
  readonly console: ConsoleChoice;
  readonly credits: CreditsChoice;
  readonly payments: PaymentsChoice;
  /** Who judges prompts and outputs, beside the local rules. */
  readonly moderation: ModerationChoice;
  /** Who signs outputs as made by an AI. */
  readonly contentCredentials: ContentCredentialsChoice;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Time to answer on, unready, after being asked to stop. */
  readonly drainSeconds: number;
  /** Time after that to finish what is under way. */
  readonly shutdownSeconds: number;
  /** Undefined: no traces. */
  readonly tracing: TracingChoice | undefined;
  readonly assetRetentionDays: number;
  readonly eventFeedRetentionDays: number;
  readonly webhookLogRetentionDays: number;
  readonly webhookWaitingDays: number;
  readonly webhookWaitingMessages: number;
  /** How long a synchronous request of a dialect waits for its images. */
  readonly syncWaitSeconds: number;
  readonly leaseSeconds: number;
  /** How long work should wait at most, by the signals for scaling. */
  readonly scalingTargetWaitSeconds: number;
  readonly orchestratorUrl: string;
  readonly workerId: string;
  /** Undefined: a worker that runs alone answers nobody. */
  readonly workerHealthPort: number | undefined;
  readonly workerSlots: number;
  readonly workerTraits: WorkerTraits;
  readonly simulator: {
    readonly latencyMs: number;
    readonly failureRate: number;
    readonly trialFaults: boolean;
    readonly modelLoadMs: number;
  };
}

const SHORTEST_SECRET = 24;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

function masterKey(reader: EnvironmentReader): Uint8Array | undefined {
  const text = reader.text('IMPREST_MASTER_KEY');
  if (text === undefined) return undefined;
  const key = Buffer.from(text, 'base64');
  // Buffer passes over what is no base64: a typo would make another key and lose all content.
  if (key.length < 32 || !BASE64.test(text))
    reader.problems.push('IMPREST_MASTER_KEY must be base64 of 32 bytes or more');
  return key;
}

function sealKey(reader: EnvironmentReader): string | undefined {
  const pem = reader.text('LEDGER_SEAL_KEY');
  if (pem === undefined) return undefined;
  try {
    sealKeyFromPem(pem);
  } catch {
    reader.problems.push('LEDGER_SEAL_KEY must be an Ed25519 private key in PEM form (PKCS #8)');
  }
  return pem;
}

function secret(reader: EnvironmentReader, name: 'IMPREST_ADMIN_KEY' | 'IMPREST_WORKER_KEY') {
  const text = reader.text(name);
  if (text !== undefined && text.length < SHORTEST_SECRET) {
    reader.problems.push(`${name} must have at least ${SHORTEST_SECRET} characters`);
  }
  return text;
}

function demoKey(reader: EnvironmentReader): string | undefined {
  const text = reader.text('IMPREST_DEMO_KEY');
  if (text !== undefined && !API_KEY_PATTERN.test(text)) {
    reader.problems.push('IMPREST_DEMO_KEY must have the form of an API key: imp_test_…');
  }
  return text;
}

function url(
  reader: EnvironmentReader,
  name: 'PUBLIC_URL' | 'ORCHESTRATOR_URL' | 'DATABASE_URL',
  protocols: readonly string[],
): string | undefined {
  const text = reader.text(name);
  if (text === undefined || (name === 'DATABASE_URL' && text === 'embedded')) return undefined;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    reader.problems.push(`${name} must be a URL that begins with ${protocols.join(' or ')}`);
  }
  return text.replace(/\/+$/, '');
}

/** The only reader of the environment. @throws ConfigError with every problem found */
export function loadConfig(environment: Environment = process.env): Config {
  const reader = new EnvironmentReader(environment);
  const http = ['http:', 'https:'];
  const plaintext = reader.flag('ALLOW_PLAINTEXT_ENGINES');
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
  const config: Config = {
    port: reader.integer('PORT', 8080, 0, 65_535),
    host: reader.text('HOST') ?? '127.0.0.1',
    dataDirectory: resolve(reader.text('IMPREST_DATA_DIR') ?? './.imprest'),
    databaseUrl: url(reader, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    eventStore: eventStoreChoice(reader, plaintext),
    messageBus: messageBusChoice(reader, plaintext),
    assetStore: assetStoreChoice(reader, plaintext),
    masterKey: masterKey(reader),
    sealKey: sealKey(reader),
    adminKey: secret(reader, 'IMPREST_ADMIN_KEY'),
    operators: namedOperatorKeys(reader),
    demoKey: demoKey(reader),
    workerKey: secret(reader, 'IMPREST_WORKER_KEY'),
    webhookAllowCidrs: networkRanges(reader, 'WEBHOOK_ALLOW_CIDRS'),
    publicUrl: url(reader, 'PUBLIC_URL', http),
    trustedProxies: trustedProxies(reader),
    modelsFile: reader.text('IMPREST_MODELS'),
    providersFile: reader.text('IMPREST_PROVIDERS'),
    rateLimitsFile: reader.text('IMPREST_RATE_LIMITS'),
    attemptRulesFile: reader.text('IMPREST_ATTEMPT_RULES'),
    promptPresetsFile: reader.text('PROMPT_PRESETS'),
    console: consoleChoice(reader),
    credits: creditsChoice(reader),
    payments: paymentsChoice(reader),
    moderation: moderationChoice(reader),
    contentCredentials: contentCredentialsChoice(reader),
    logLevel: reader.oneOf('LOG_LEVEL', levels, 'info'),
    drainSeconds: reader.integer('DRAIN_SECONDS', 0, 0, 300),
    shutdownSeconds: reader.integer('SHUTDOWN_SECONDS', 25, 1, 600),
    tracing: tracingChoice(reader),
    assetRetentionDays: reader.integer('ASSET_RETENTION_DAYS', 30, 1, 36_500),
    eventFeedRetentionDays: reader.integer('EVENT_FEED_RETENTION_DAYS', 30, 1, 3_650),
    webhookLogRetentionDays: reader.integer('WEBHOOK_LOG_RETENTION_DAYS', 30, 1, 3_650),
    webhookWaitingDays: reader.integer('WEBHOOK_WAITING_DAYS', 30, 1, 3_650),
    webhookWaitingMessages: reader.integer('WEBHOOK_WAITING_MESSAGES', 100_000, 1, 10_000_000),
    syncWaitSeconds: reader.integer('SYNC_WAIT_SECONDS', 60, 1, 600),
    leaseSeconds: reader.integer('LEASE_SECONDS', 30, 1, 86_400),
    scalingTargetWaitSeconds: reader.integer('SCALING_TARGET_WAIT_SECONDS', 30, 1, 86_400),
    orchestratorUrl: url(reader, 'ORCHESTRATOR_URL', http) ?? 'http://127.0.0.1:8080',
    workerId: reader.text('WORKER_ID') ?? `${hostname()}-${process.pid}`,
    workerHealthPort:
      reader.text('WORKER_HEALTH_PORT') === undefined
        ? undefined
        : reader.integer('WORKER_HEALTH_PORT', 0, 0, 65_535),
    workerSlots: reader.integer('WORKER_SLOTS', 1, 1, 64),
    workerTraits: workerTraits(reader),
    simulator: {
      latencyMs: reader.integer('SIMULATOR_LATENCY_MS', 0, 0, 600_000),
      failureRate: reader.fraction('SIMULATOR_FAILURE_RATE', 0),
      trialFaults: reader.flag('SIMULATOR_TRIAL_FAULTS'),
      modelLoadMs: reader.integer('SIMULATOR_MODEL_LOAD_MS', 0, 0, 600_000),
    },
  };
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return config;
}
