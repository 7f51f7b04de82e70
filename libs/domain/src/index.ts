export * from './accounting-period/index.js';
export * from './api-key/index.js';
export * from './audit-finding/index.js';
export * from './audit-run/index.js';
export * from './balance-alert/index.js';
export * from './character/index.js';
export * from './consumer/index.js';
export * from './end-user/index.js';
export * from './generation/index.js';
export * from './job/index.js';
export * from './ledger/index.js';
export * from './ledger-seal/index.js';
export * from './model-breaker/index.js';
export * from './moderation-case/index.js';
export * from './operator-run/index.js';
export * from './pricing/index.js';
export * from './prompt-enhancement/index.js';
export * from './reference-consent/index.js';
export * from './shared/index.js';
export * from './tenant/index.js';
export * from './tenant-members/index.js';
export * from './token-account/index.js';
export * from './top-up/index.js';
export * from './user/index.js';
export * from './webhook-endpoint/index.js';
export * from './webhook-message/index.js';
export * from './webhook-recovery/index.js';
export * from './worker/index.js';

import type { AccountingPeriodEvent } from './accounting-period/index.js';
import type { ApiKeyEvent } from './api-key/index.js';
import type { AuditFindingEvent } from './audit-finding/index.js';
import type { AuditRunEvent } from './audit-run/index.js';
import type { BalanceAlertEvent } from './balance-alert/index.js';
import type { CharacterEvent } from './character/index.js';
import type { ConsumerEvent } from './consumer/index.js';
import type { EndUserEvent } from './end-user/index.js';
import type { GenerationEvent } from './generation/index.js';
import type { JobEvent } from './job/index.js';
import type { LedgerSealEvent } from './ledger-seal/index.js';
import type { ModelBreakerEvent } from './model-breaker/index.js';
import type { ModerationCaseEvent } from './moderation-case/index.js';
import type { OperatorRunEvent } from './operator-run/index.js';
import type { ReferenceConsentEvent } from './reference-consent/index.js';
import type { TenantEvent } from './tenant/index.js';
import type { TenantMembersEvent } from './tenant-members/index.js';
import type { TokenAccountEvent } from './token-account/index.js';
import type { TopUpEvent } from './top-up/index.js';
import type { UserEvent } from './user/index.js';
import type { WebhookEndpointEvent } from './webhook-endpoint/index.js';
import type { WebhookMessageEvent } from './webhook-message/index.js';
import type { WebhookRecoveryEvent } from './webhook-recovery/index.js';
import type { WorkerEvent } from './worker/index.js';

/** Every fact the product can state. Each has a row in the event catalogue, or that does not compile. */
export type DomainEvent =
  | TokenAccountEvent
  | GenerationEvent
  | JobEvent
  | ModelBreakerEvent
  | ModerationCaseEvent
  | TenantEvent
  | TenantMembersEvent
  | UserEvent
  | ApiKeyEvent
  | CharacterEvent
  | ReferenceConsentEvent
  | ConsumerEvent
  | EndUserEvent
  | TopUpEvent
  | BalanceAlertEvent
  | WebhookEndpointEvent
  | WebhookMessageEvent
  | WebhookRecoveryEvent
  | LedgerSealEvent
  | AccountingPeriodEvent
  | AuditFindingEvent
  | AuditRunEvent
  | OperatorRunEvent
  | WorkerEvent;
