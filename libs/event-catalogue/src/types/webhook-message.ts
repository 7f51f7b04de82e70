import { type EventOf, firstVersion } from '../event-definition.js';
import { integer, nullable, object, oneOf, string, timestamp } from '../schema.js';

const category = 'webhookMessage';

export const webhookMessageEvents = {
  WebhookMessageCreated: firstVersion(
    category,
    object<EventOf<'WebhookMessageCreated'>['data']>({
      tenantId: string(),
      generationId: string(),
    }),
  ),
  WebhookAttempted: firstVersion(
    category,
    object<EventOf<'WebhookAttempted'>['data']>({
      attempt: integer(),
      outcome: oneOf('delivered', 'retry', 'exhausted', 'refused'),
      status: nullable(integer()),
      error: nullable(string()),
      elapsedMs: integer(),
      nextAttemptAt: nullable(timestamp()),
    }),
  ),
  WebhookRedeliveryRequested: firstVersion(
    category,
    object<EventOf<'WebhookRedeliveryRequested'>['data']>({ reason: string() }),
  ),
  WebhookMessageWithdrawn: firstVersion(
    category,
    object<EventOf<'WebhookMessageWithdrawn'>['data']>({ reason: string() }),
  ),
};
