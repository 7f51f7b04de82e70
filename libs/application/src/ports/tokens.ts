/** Names under which the platform provides the ports for injection. */
export const EVENT_STORE = Symbol('EventStore');
export const MESSAGE_BUS = Symbol('MessageBus');
export const EVENT_PUBLISHER = Symbol('EventPublisher');
export const EXCLUSIVE_LOCKS = Symbol('ExclusiveLocks');
export const RELAY_POSITION = Symbol('RelayPosition');
export const CHECKPOINT_STORE = Symbol('CheckpointStore');
export const PARKED_STREAMS = Symbol('ParkedStreams');
export const DATA_KEYS = Symbol('DataKeys');
export const ASSET_STORE = Symbol('AssetStore');
export const MODERATOR = Symbol('Moderator');
export const PRESET_LIBRARY = Symbol('PresetLibrary');
/** A number: tokens in a credit, for dialects that sell by the credit. */
export const TOKENS_PER_CREDIT = Symbol('TokensPerCredit');
export const MODEL_CATALOGUE = Symbol('ModelCatalogue');
export const OUTGOING_TARGET_GUARD = Symbol('OutgoingTargetGuard');
export const GENERATION_INDEX = Symbol('GenerationIndex');
export const JOB_QUEUE = Symbol('WorkQueue of jobs');
/** Of when work must have begun or ended; an item for each deadline that somebody has to watch. */
export const DEADLINE_QUEUE = Symbol('WorkQueue of deadlines');
export const WEBHOOK_QUEUE = Symbol('WorkQueue of webhook deliveries');
export const ENDPOINT_TRAFFIC = Symbol('EndpointTraffic');
export const PREVIEW_STORE = Symbol('PreviewStore');
export const WORKER_REGISTRY = Symbol('WorkerRegistry');
export const WEBHOOK_MESSAGE_INDEX = Symbol('WebhookMessageIndex');
/** AttemptRules of the domain: data of the operator. */
export const ATTEMPT_RULES = Symbol('AttemptRules');
/** What a tier gives of the workers. */
export const TIER_SHARES = Symbol('TierShares');
export const CLOCK = Symbol('Clock');
export const CLOSING_BOOKS = Symbol('ClosingBooks');
export const RECONCILIATION_BOOKS = Symbol('ReconciliationBooks');
export const LEDGER_SEALS = Symbol('LedgerSeals');
export const SECRETS = Symbol('Secrets');
export const PAYMENT_PROVIDERS = Symbol('PaymentProviders');
export const TOP_UP_PACKAGES = Symbol('TopUpPackages');
export const TOP_UP_INDEX = Symbol('TopUpIndex');
export const IDENTITY_PROVIDER = Symbol('IdentityProvider');
export const IDENTITY_STORE = Symbol('IdentityStore');
export const PASSWORD_HASHER = Symbol('PasswordHasher');
export const TIME_CODES = Symbol('TimeCodes');
