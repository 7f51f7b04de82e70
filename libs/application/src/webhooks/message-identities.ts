import type { WebhookEventName } from '@imprest/domain';
import type { EventType } from '@imprest/event-catalogue';
import { derivedId } from '../identifiers.js';
import type { WorkItem } from '../ports/work-queue.js';

/** What receivers may hear of a generation, by the event that says it. */
export const generationEvents: Readonly<Partial<Record<string, WebhookEventName>>> = {
  GenerationStarted: 'generation.started',
  GenerationSucceeded: 'generation.completed',
  GenerationFailed: 'generation.failed',
  GenerationCancelled: 'generation.cancelled',
} satisfies Partial<Record<EventType, WebhookEventName>>;

/** One message for the outcome of a generation, under the same id however often it is made. */
export function webhookMessageId(generationId: string): string {
  return derivedId('msg', generationId, 'outcome');
}

/** One message for each endpoint that hears of it. A generation has one outcome. */
export function endpointMessageId(
  generationId: string,
  endpointId: string,
  name: WebhookEventName = 'generation.completed',
): string {
  const what = name === 'generation.started' ? 'started' : 'outcome';
  return derivedId('msg', generationId, what, endpointId);
}

/** One message for each time that a balance fell low. */
export function lowBalanceMessageId(tenantId: string, crossing: number): string {
  return derivedId('msg', tenantId, 'low balance', `${crossing}`);
}

/** One message for each endpoint that hears of what happened to no generation. */
export function noticeMessageId(eventId: string, endpointId: string): string {
  return derivedId('msg', eventId, endpointId);
}

/** Of messages as they are made, or asked for one by one. */
export const LIVE_LANE = 'webhook';
/** Of messages that a recovery asked for: they are sent when the live ones leave room. */
export const RECOVERY_LANE = 'webhook-recovery';

export const deliveryItem = (id: string, tenantId: string, lane = LIVE_LANE): WorkItem => ({
  id,
  tenantId,
  lane,
  cost: 1,
});
