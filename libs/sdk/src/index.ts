export type { Usage } from './account/account.js';
export type { FeedEvent } from './account/events.js';
export * from './errors/index.js';
export type { FollowOptions, GenerationEvent } from './generations/progress.js';
export * from './generations/record.js';
export type { WaitOptions } from './generations/wait.js';
export * from './http/options.js';
export { Imprest } from './imprest.js';
export { List, type Page } from './list.js';
export type {
  Balance,
  BalanceAlert,
  Budget,
  ChargeProof,
  Deletion,
  EndUser,
  EndUserState,
  EndUserStateChange,
  Estimate,
  EventPage,
  Generation,
  GenerationOverrides,
  GenerationReceipt,
  GenerationRequest,
  GetUsageQuery,
  LedgerEntry,
  ListEndUserGenerationsQuery,
  ListEndUsersQuery,
  ListEventsQuery,
  ListGenerationsQuery,
  ListLedgerEntriesQuery,
  ListTopUpsQuery,
  ListWebhookMessagesQuery,
  Lots,
  LowBalance,
  NewBalanceAlert,
  NewBudget,
  NewReferenceConsent,
  NewTopUp,
  Receipt,
  Reference,
  TopUp,
  TopUpPackages,
  UploadedReference,
  WebhookAttempts,
  WebhookMessage,
  WebhookMessageWithLog,
  WebhookRecovery,
  WebhookRecoveryRequest,
  WebhookRedelivery,
} from './openapi.js';
