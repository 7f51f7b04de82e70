import { type MessageSubject, messageEventNames, messageSubjectKinds } from '@imprest/domain';
import type { JsonObject } from '../envelope.js';
import { type EventOf, firstVersion } from '../event-definition.js';
import { integer, nullable, object, oneOf, string, timestamp } from '../schema.js';

const category = 'webhookMessage';

export const webhookMessageEvents = {
  WebhookMessageCreated: {
    category,
    version: 4,
    schema: object<EventOf<'WebhookMessageCreated'>['data']>({
      tenantId: string(),
      about: object<MessageSubject>({ kind: oneOf(...messageSubjectKinds), id: string() }),
      endpointId: nullable(string()),
      event: nullable(oneOf(...messageEventNames)),
      sequence: nullable(integer()),
    }),
    // Messages were about generations only.
    upcasters: [
      ({ tenantId, generationId }: JsonObject) => ({
        tenantId,
        about: { kind: 'generation', id: generationId },
      }),
      // Nobody could register an endpoint.
      (data: JsonObject) => ({ ...data, endpointId: null }),
      // What happened was told by its subject alone, and nothing was numbered.
      (data: JsonObject) => ({ ...data, event: null, sequence: null }),
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
  WebhookRedeliveryRequested: {
    category,
    version: 2,
    schema: object<EventOf<'WebhookRedeliveryRequested'>['data']>({
      reason: string(),
      recoveryId: nullable(string()),
    }),
    // Messages were asked for one by one.
    upcasters: [(data: JsonObject) => ({ ...data, recoveryId: null })],
  },
  WebhookMessageWithdrawn: firstVersion(
    category,
    object<EventOf<'WebhookMessageWithdrawn'>['data']>({ reason: string() }),
  ),
  WebhookMessageExpired: firstVersion(
    category,
    object<EventOf<'WebhookMessageExpired'>['data']>({ reason: string() }),
  ),
};
