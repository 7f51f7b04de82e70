import { recoverableStatuses, recoveryOutcomes } from '@imprest/domain';
import type { JsonObject } from '../envelope.js';
import { type EventOf, firstVersion } from '../event-definition.js';
import { integer, list, nullable, object, oneOf, string, timestamp } from '../schema.js';

const category = 'webhookRecovery';
const recoveryId = string();

export const webhookRecoveryEvents = {
  WebhookRecoveryRequested: {
    category,
    version: 2,
    schema: object<EventOf<'WebhookRecoveryRequested'>['data']>({
      recoveryId,
      endpointId: nullable(string()),
      statuses: list(oneOf(...recoverableStatuses)),
      since: timestamp(),
      until: timestamp(),
      reason: string(),
    }),
    // No message expired.
    upcasters: [(data: JsonObject) => data],
  },
  WebhookRecoveryAdvanced: firstVersion(
    category,
    object<EventOf<'WebhookRecoveryAdvanced'>['data']>({
      recoveryId,
      page: integer(),
      looked: integer(),
      recovered: integer(),
      cursor: string(),
    }),
  ),
  WebhookRecoveryEnded: firstVersion(
    category,
    object<EventOf<'WebhookRecoveryEnded'>['data']>({
      recoveryId,
      outcome: oneOf(...recoveryOutcomes),
    }),
  ),
};
