import type { DomainEvent } from '@imprest/domain';
import type { EventDefinition, EventOf } from './event-definition.js';
import { accountingPeriodEvents, auditFindingEvents, auditRunEvents } from './types/accounting.js';
import { balanceAlertEvents } from './types/balance-alert.js';
import { characterEvents } from './types/character.js';
import { consumerEvents } from './types/consumer.js';
import { generationEvents } from './types/generation.js';
import { tenantMembersEvents, userEvents } from './types/identity.js';
import { jobEvents } from './types/job.js';
import { ledgerSealEvents } from './types/ledger-seal.js';
import { modelBreakerEvents } from './types/model-breaker.js';
import { moderationCaseEvents } from './types/moderation-case.js';
import { operatorRunEvents } from './types/operator-run.js';
import { referenceConsentEvents } from './types/reference-consent.js';
import { apiKeyEvents, endUserEvents, tenantEvents } from './types/tenancy.js';
import { tokenAccountEvents } from './types/token-account.js';
import { topUpEvents } from './types/top-up.js';
import { webhookEndpointEvents } from './types/webhook-endpoint.js';
import { webhookMessageEvents } from './types/webhook-message.js';
import { webhookRecoveryEvents } from './types/webhook-recovery.js';
import { workerEvents } from './types/worker.js';

export type EventType = DomainEvent['type'];

/** A domain event without a row here, or with another shape than its schema, does not compile. */
export const catalogue = {
  ...tokenAccountEvents,
  ...generationEvents,
  ...jobEvents,
  ...modelBreakerEvents,
  ...moderationCaseEvents,
  ...tenantEvents,
  ...tenantMembersEvents,
  ...userEvents,
  ...apiKeyEvents,
  ...endUserEvents,
  ...webhookEndpointEvents,
  ...webhookMessageEvents,
  ...webhookRecoveryEvents,
  ...ledgerSealEvents,
  ...topUpEvents,
  ...balanceAlertEvents,
  ...accountingPeriodEvents,
  ...auditFindingEvents,
  ...auditRunEvents,
  ...consumerEvents,
  ...characterEvents,
  ...referenceConsentEvents,
  ...workerEvents,
  ...operatorRunEvents,
} satisfies { readonly [Type in EventType]: EventDefinition<EventOf<Type>['data']> };

const definitions: ReadonlyMap<string, EventDefinition> = new Map(
  Object.entries(catalogue as unknown as Record<string, EventDefinition>),
);

/** @throws UnknownEventType for a name that no version of the product has written. */
export function definitionOf(type: string): EventDefinition {
  const definition = definitions.get(type);
  if (definition === undefined) throw new UnknownEventType(type);
  return definition;
}

export class UnknownEventType extends Error {
  override readonly name = 'UnknownEventType';
  constructor(readonly type: string) {
    super(`the catalogue has no event type ${type}`);
  }
}
