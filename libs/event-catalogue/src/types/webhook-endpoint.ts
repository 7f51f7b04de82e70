import {
  disablingCauses,
  type EndpointSettings,
  endpointOrderings,
  endpointSchemes,
  type SealedSecret,
  type SigningKey,
  webhookEventNames,
} from '@imprest/domain';
import type { JsonObject } from '../envelope.js';
import { type EventOf, firstVersion } from '../event-definition.js';
import {
  type Fields,
  integer,
  list,
  nullable,
  object,
  oneOf,
  string,
  timestamp,
} from '../schema.js';

const category = 'webhookEndpoint';
const sealedSecret = object<SealedSecret>({ sealed: string(), dataKeyId: string() });
const endpointId = string();

const settings: Fields<EndpointSettings> = {
  events: list(oneOf(...webhookEventNames)),
  target: sealedSecret,
  headers: nullable(sealedSecret),
  ordering: oneOf(...endpointOrderings),
  perSecond: nullable(integer()),
  concurrency: integer(),
  retryDelays: nullable(list(integer())),
};
const signingKey: Fields<SigningKey> = {
  signingSecret: sealedSecret,
  publicKey: nullable(string()),
};

export const webhookEndpointEvents = {
  WebhookEndpointRegistered: {
    category,
    version: 2,
    schema: object<EventOf<'WebhookEndpointRegistered'>['data']>({
      endpointId,
      scheme: oneOf(...endpointSchemes),
      ...settings,
      ...signingKey,
      registeredAt: timestamp(),
    }),
    upcasters: [
      // Nothing but the URL and what is told could be chosen, and every endpoint had a shared secret.
      (data: JsonObject) => ({
        ...data,
        headers: null,
        ordering: 'none',
        perSecond: null,
        concurrency: 32,
        retryDelays: null,
        publicKey: null,
      }),
    ],
  },
  WebhookEndpointChanged: firstVersion(
    category,
    object<EventOf<'WebhookEndpointChanged'>['data']>({ endpointId, ...settings }),
  ),
  WebhookEndpointSecretRotated: firstVersion(
    category,
    object<EventOf<'WebhookEndpointSecretRotated'>['data']>({
      endpointId,
      ...signingKey,
      previousValidUntil: timestamp(),
    }),
  ),
  WebhookEndpointDisabled: firstVersion(
    category,
    object<EventOf<'WebhookEndpointDisabled'>['data']>({
      endpointId,
      cause: oneOf(...disablingCauses),
      reason: string(),
      disabledAt: timestamp(),
    }),
  ),
  WebhookEndpointEnabled: firstVersion(
    category,
    object<EventOf<'WebhookEndpointEnabled'>['data']>({ endpointId }),
  ),
  WebhookEndpointRemoved: firstVersion(
    category,
    object<EventOf<'WebhookEndpointRemoved'>['data']>({ endpointId, reason: string() }),
  ),
};
