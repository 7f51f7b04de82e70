import { generationEvents } from '@imprest/application';
import type { WebhookEventName } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';

/** What a tenant is told of, wherever it hears of it. */
export interface ToldEvent {
  readonly type: WebhookEventName;
  /** Of the generation or the endpoint, or the number of the crossing. */
  readonly subjectId: string;
  /** Undefined where the stream does not say. */
  readonly tenantId?: string;
}

/** Undefined for what nobody is told of. */
export function toldEvent(recorded: RecordedEvent): ToldEvent | undefined {
  const id = streamId(recorded.stream);
  const type = generationEvents[recorded.type];
  if (type !== undefined) return { type, subjectId: id };
  if (recorded.type !== 'BalanceFellLow' && recorded.type !== 'WebhookEndpointDisabled') {
    return undefined;
  }
  const event = toDomainEvent(recorded);
  if (event.type === 'BalanceFellLow') {
    return { type: 'account.low_balance', subjectId: `${event.data.crossing}`, tenantId: id };
  }
  if (event.type === 'WebhookEndpointDisabled') {
    return { type: 'endpoint.disabled', subjectId: event.data.endpointId, tenantId: id };
  }
  return undefined;
}
