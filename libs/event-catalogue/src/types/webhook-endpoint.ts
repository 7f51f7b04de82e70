import { endpointSchemes, type SealedSecret, webhookEventNames } from '@imprest/domain';
import { type EventOf, firstVersion } from '../event-definition.js';
import { list, object, oneOf, string, timestamp } from '../schema.js';

const category = 'webhookEndpoint';
const sealedSecret = object<SealedSecret>({ sealed: string(), dataKeyId: string() });

export const webhookEndpointEvents = {
  WebhookEndpointRegistered: firstVersion(
    category,
    object<EventOf<'WebhookEndpointRegistered'>['data']>({
      endpointId: string(),
      scheme: oneOf(...endpointSchemes),
      events: list(oneOf(...webhookEventNames)),
      target: sealedSecret,
      signingSecret: sealedSecret,
      registeredAt: timestamp(),
    }),
  ),
  WebhookEndpointRemoved: firstVersion(
    category,
    object<EventOf<'WebhookEndpointRemoved'>['data']>({ endpointId: string(), reason: string() }),
  ),
};
