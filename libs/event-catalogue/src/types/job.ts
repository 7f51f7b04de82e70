import { type EventOf, firstVersion } from '../event-definition.js';
import { integer, list, nullable, number, object, oneOf, string, timestamp } from '../schema.js';
import { storedImage } from './generation.js';

const category = 'job';

const failureClass = oneOf('user', 'model', 'infrastructure', 'moderation', 'timeout', 'cancelled');

export const jobEvents = {
  JobQueued: firstVersion(
    category,
    object<EventOf<'JobQueued'>['data']>({ tenantId: string(), model: string(), cost: number() }),
  ),
  JobLeased: firstVersion(
    category,
    object<EventOf<'JobLeased'>['data']>({
      workerId: string(),
      fence: integer(),
      attempt: integer(),
    }),
  ),
  JobProgressed: firstVersion(
    category,
    object<EventOf<'JobProgressed'>['data']>({ fence: integer(), fraction: number() }),
  ),
  JobAttemptFailed: firstVersion(
    category,
    object<EventOf<'JobAttemptFailed'>['data']>({
      fence: integer(),
      attempt: integer(),
      failureClass,
      message: string(),
      retryAt: nullable(timestamp()),
    }),
  ),
  JobSucceeded: firstVersion(
    category,
    object<EventOf<'JobSucceeded'>['data']>({
      fence: integer(),
      stored: list(storedImage),
      lost: list(integer()),
    }),
  ),
  JobDeadLettered: firstVersion(
    category,
    object<EventOf<'JobDeadLettered'>['data']>({
      attempts: integer(),
      failureClass,
      message: string(),
    }),
  ),
  JobCancelled: firstVersion(
    category,
    object<EventOf<'JobCancelled'>['data']>({ reason: string() }),
  ),
};
