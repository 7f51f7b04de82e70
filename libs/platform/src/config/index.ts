export * from './config.js';
export * from './config-keys.js';
export type { ConsoleChoice, OpenIdConnectChoice } from './console-choice.js';
export type { ContentCredentialsChoice } from './content-credentials-choice.js';
export type { AssetStoreChoice, S3Choice } from './engines/asset-store.js';
export type { EventStoreChoice } from './engines/event-store.js';
export type { KafkaAuthentication, MessageBusChoice } from './engines/message-bus.js';
export { ConfigError, type Environment } from './environment-reader.js';
export {
  type KeyHolder,
  type OperatorKeys,
  operatorKeys,
  workerKeyOf,
} from './generated-secrets.js';
export type { ClassifierChoice, ModerationChoice } from './moderation-choice.js';
export { type NamedOperatorKey, SHARED_OPERATOR } from './operator-names.js';
export type { BtcpayChoice, PaymentsChoice, StripeChoice } from './payments-choice.js';
export * from './seal-keys.js';
export { signingCredential } from './signing-credential.js';
export type { TracingChoice } from './tracing-choice.js';
