export type { Usage } from './account/account.js';
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
  Generation,
  GenerationOverrides,
  GenerationReceipt,
  GenerationRequest,
  GetUsageQuery,
  LedgerEntry,
  ListEndUserGenerationsQuery,
  ListEndUsersQuery,
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
  WebhookMessage,
  WebhookMessageWithLog,
  WebhookRedelivery,
} from './openapi.js';
