import { recoverableStatuses } from '@imprest/domain';
import { count, list, object, oneOf, orNull, text, timestamp } from './schema.js';

export const webhookRecovery = object('Messages that are sent again together.', {
  id: text('Id of the recovery.'),
  status: oneOf(
    ['running', 'complete', 'bounded'],
    '`complete`: every message was asked for again. `bounded`: 100,000 messages were looked at; ask for the rest with a later `since`.',
  ),
  endpointId: orNull(text('Endpoint whose messages they are; null for those of all URLs.')),
  statuses: list(
    oneOf(recoverableStatuses, 'A status.'),
    'What had become of the messages that are sent again.',
  ),
  since: timestamp('Messages made then or later.'),
  until: timestamp('Messages made before.'),
  looked: count('Messages looked at so far.'),
  recovered: count('Of them, those that are sent again; the others were on their way already.'),
});

export const webhookRecoveries = object('The latest recoveries of a tenant.', {
  recoveries: list(webhookRecovery, 'At most 100, the newest first.'),
});
