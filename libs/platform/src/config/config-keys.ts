import type { ConfigKey } from './config-key.js';
import { consoleKeys } from './console-keys.js';
import { outputKeys } from './output-keys.js';
import { paymentKeys } from './payment-keys.js';

export type { ConfigKey } from './config-key.js';

/** Every key the product reads from its environment. docs/configuration.md is made from this list. */
export const configKeys = [
  { name: 'PORT', default: '8080', meaning: 'HTTP port of the process; 0 takes any free one' },
  {
    name: 'HOST',
    default: '127.0.0.1',
    meaning: 'address to listen on; 0.0.0.0 opens the service to the network',
  },
  {
    name: 'IMPREST_DATA_DIR',
    default: './.imprest',
    meaning: 'embedded PostgreSQL, assets and generated secrets',
  },
  {
    name: 'DATABASE_URL',
    default: 'embedded',
    meaning: 'PostgreSQL (15 or newer) to use instead of the embedded one',
    secret: true,
  },
  {
    name: 'EVENT_STORE',
    default: 'postgres',
    meaning:
      'where events are kept: `postgres`, or an EventStoreDB: `esdb://[user:password@]host:port[,host:port]?tls=true`',
    secret: true,
  },
  {
    name: 'MESSAGE_BUS',
    default: 'direct',
    meaning:
      'how events reach consumers: `direct` follows the event store; `kafka://host:port[,host:port][?tls=true][&sasl=scram-sha-512][&prefix=imprest]` goes through Kafka and needs `DATABASE_URL`',
  },
  {
    name: 'KAFKA_USERNAME',
    default: 'empty',
    meaning: 'user for a MESSAGE_BUS with `sasl=plain`, `scram-sha-256` or `scram-sha-512`',
  },
  { name: 'KAFKA_PASSWORD', default: 'empty', meaning: 'password of that user', secret: true },
  {
    name: 'ASSET_STORE',
    default: 'files',
    meaning:
      'where images are kept, encrypted: `files` in the data directory, or a bucket: `s3://bucket[/prefix][?endpoint=https://…][&region=…][&pathStyle=false]`; without an endpoint it is AWS',
  },
  {
    name: 'AWS_ACCESS_KEY_ID',
    default: "the AWS SDK's own chain",
    meaning: 'access key of the bucket; must be set when ASSET_STORE names an endpoint',
    secret: true,
  },
  {
    name: 'AWS_SECRET_ACCESS_KEY',
    default: "the AWS SDK's own chain",
    meaning: 'secret of that access key',
    secret: true,
  },
  {
    name: 'AWS_SESSION_TOKEN',
    default: 'empty',
    meaning: 'session of temporary credentials',
    secret: true,
  },
  {
    name: 'ALLOW_PLAINTEXT_ENGINES',
    default: 'false',
    meaning:
      'true lets EVENT_STORE, MESSAGE_BUS and ASSET_STORE be reached without TLS on other hosts: for a network that nobody else is on',
  },
  {
    name: 'IMPREST_MASTER_KEY',
    default: 'generated in the data directory',
    meaning:
      'base64 of 32 bytes or more; all other keys derive from it. Losing it loses all content',
    secret: true,
  },
  {
    name: 'LEDGER_SEAL_KEY',
    default: 'generated in the data directory',
    meaning:
      'Ed25519 private key (PEM, PKCS #8) that signs the daily seal of the ledger; the same wherever seals are made',
    secret: true,
  },
  {
    name: 'IMPREST_ADMIN_KEY',
    default: 'generated, printed once',
    meaning: "operator's key for /admin/v1",
    secret: true,
  },
  {
    name: 'IMPREST_OPERATOR_KEYS',
    default: 'empty',
    meaning:
      'further keys for /admin/v1, each of one person: name=key, separated by commas or line ends. What needs two operators needs two of these',
    secret: true,
  },
  {
    name: 'IMPREST_DEMO_KEY',
    default: 'generated, printed at start in the default mode',
    meaning: 'key of the demo tenant, which begins with 1,000 promotional tokens',
    secret: true,
  },
  {
    name: 'IMPREST_WORKER_KEY',
    default: 'derived from the master key',
    meaning: 'key of the workers for /worker/v1',
    secret: true,
  },
  {
    name: 'WEBHOOK_ALLOW_CIDRS',
    default: 'empty',
    meaning:
      'private ranges that webhooks and references may reach, comma-separated; plain http is allowed there. For local trials: 127.0.0.0/8',
  },
  {
    name: 'PUBLIC_URL',
    default: 'from the request',
    meaning: 'base of absolute URLs in answers and webhooks',
  },
  {
    name: 'TRUSTED_PROXIES',
    default: 'empty',
    meaning:
      'ranges of the proxies before the `api`, comma-separated, such as 10.0.0.0/8, whose X-Forwarded-For and X-Forwarded-Proto are believed; empty: nobody’s are',
  },
  {
    name: 'IMPREST_MODELS',
    default: 'built in',
    meaning: 'YAML file of models and prices (see docs/models.md)',
  },
  {
    name: 'IMPREST_PROVIDERS',
    default: 'built in',
    meaning: 'YAML file of what a worker renders with (see docs/providers.md)',
  },
  {
    name: 'IMPREST_RATE_LIMITS',
    default: 'built in',
    meaning: 'YAML file of tiers and rate limits (see docs/limits.md)',
  },
  {
    name: 'IMPREST_ATTEMPT_RULES',
    default: 'built in',
    meaning:
      'YAML file of how work fails, is tried again and misses deadlines (see docs/orchestration.md)',
  },
  {
    name: 'PROMPT_PRESETS',
    default: 'built in',
    meaning:
      'YAML file of labels that prompts about characters may use, on top of the built-in ones (see docs/presets.md)',
  },
  ...paymentKeys,
  ...consoleKeys,
  ...outputKeys,
  { name: 'LOG_LEVEL', default: 'info', meaning: 'trace, debug, info, warn, error or silent' },
  {
    name: 'DRAIN_SECONDS',
    default: '0',
    meaning:
      'how long a process that was asked to stop still answers, unready, so that load balancers notice (Kubernetes: 5)',
  },
  {
    name: 'SHUTDOWN_SECONDS',
    default: '25',
    meaning:
      'time to finish what is under way after that; then the process ends as it is, with code 1',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    default: 'empty',
    meaning:
      'collector of traces (OTLP over HTTP, JSON): its base URL, to which /v1/traces is added; empty turns tracing off',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_HEADERS',
    default: 'empty',
    meaning: 'headers for the collector: name=value, comma-separated',
    secret: true,
  },
  {
    name: 'OTEL_TRACES_SAMPLER_ARG',
    default: '1',
    meaning:
      'share of new traces to record, 0 to 1; a trace that a caller began is recorded as the caller says',
  },
  {
    name: 'EVENT_FEED_RETENTION_DAYS',
    default: '30',
    meaning: 'days for which GET /v1/events tells of what happened',
  },
  {
    name: 'WEBHOOK_LOG_RETENTION_DAYS',
    default: '30',
    meaning: 'days for which it is kept what each attempt at a webhook sent and was answered',
  },
  {
    name: 'WEBHOOK_WAITING_DAYS',
    default: '30',
    meaning:
      'days for which a message waits for an endpoint that is disabled; then it expires, and may be recovered',
  },
  {
    name: 'WEBHOOK_WAITING_MESSAGES',
    default: '100000',
    meaning: 'messages that wait for an endpoint that is disabled; beyond it the oldest expire',
  },
  {
    name: 'ASSET_RETENTION_DAYS',
    default: '30',
    meaning:
      'days after which images are erased; their URLs live 23 hours. What the xavira dialect made stays, as do its URLs',
  },
  {
    name: 'SYNC_WAIT_SECONDS',
    default: '60',
    meaning:
      'how long a request that waits for its images is kept waiting; then it is answered with where to look, and the work goes on',
  },
  { name: 'LEASE_SECONDS', default: '30', meaning: 'time after which a silent worker loses a job' },
  {
    name: 'ORCHESTRATOR_URL',
    default: 'http://127.0.0.1:8080',
    meaning: 'where a worker that runs alone finds the orchestrator',
  },
  {
    name: 'SCALING_TARGET_WAIT_SECONDS',
    default: '30',
    meaning:
      'how long work should wait at most, by which the signals for scaling say how many workers it takes',
  },
  { name: 'WORKER_ID', default: 'host name and process id', meaning: 'name of the worker' },
  {
    name: 'WORKER_HEALTH_PORT',
    default: 'empty',
    meaning:
      'port on which a worker that runs alone answers /healthz, /readyz and /metrics; empty: none',
  },
  { name: 'WORKER_SLOTS', default: '1', meaning: 'jobs a worker renders at once' },
  {
    name: 'WORKER_VRAM_BYTES',
    default: '0',
    meaning: 'memory of the worker’s GPUs, by which models are kept side by side; 0: not told',
  },
  {
    name: 'WORKER_LABELS',
    default: 'empty',
    meaning: 'what tells a worker from others for operators, such as zone=a,rack=7',
  },
  {
    name: 'SIMULATOR_LATENCY_MS',
    default: '0',
    meaning: 'extra time the simulator takes for a job, for trials',
  },
  {
    name: 'SIMULATOR_FAILURE_RATE',
    default: '0',
    meaning: 'share of jobs that the simulator fails, 0 to 1, for trials',
  },
  {
    name: 'SIMULATOR_TRIAL_FAULTS',
    default: 'false',
    meaning: 'true makes the simulator obey fault markers such as [fail:model] in prompts',
  },
  {
    name: 'SIMULATOR_MODEL_LOAD_MS',
    default: '0',
    meaning:
      'time the simulator takes to load a model, one at a time, for trials; 0: nothing is loaded',
  },
] as const satisfies readonly ConfigKey[];

export type ConfigKeyName = (typeof configKeys)[number]['name'];
