import type { MessageSubject } from '@imprest/domain';
import type { JsonObject } from '../envelope.js';
import { type EventOf, firstVersion } from '../event-definition.js';
import { integer, nullable, object, oneOf, string, timestamp } from '../schema.js';

const category = 'webhookMessage';

export const webhookMessageEvents = {
  WebhookMessageCreated: {
    category,
    version: 3,
    schema: object<EventOf<'WebhookMessageCreated'>['data']>({
      tenantId: string(),
      about: object<MessageSubject>({ kind: oneOf('generation', 'low_balance'), id: string() }),
      endpointId: nullable(string()),
    }),
    // Messages were about generations only.
    upcasters: [
      ({ tenantId, generationId }: JsonObject) => ({
        tenantId,
        about: { kind: 'generation', id: generationId },
      }),
      // Nobody could register an endpoint.
      (data: JsonObject) => ({ ...data, endpointId: null }),
    ],
  },
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
