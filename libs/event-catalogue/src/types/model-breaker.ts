import { type EventOf, firstVersion } from '../event-definition.js';
import { integer, object, string, timestamp } from '../schema.js';

const category = 'modelBreaker';

export const modelBreakerEvents = {
  ModelBreakerOpened: firstVersion(
    category,
    object<EventOf<'ModelBreakerOpened'>['data']>({
      model: string(),
      reason: string(),
      probeAt: timestamp(),
    }),
  ),
  ModelBreakerProbed: firstVersion(
    category,
    object<EventOf<'ModelBreakerProbed'>['data']>({
      jobId: string(),
      fence: integer(),
      until: timestamp(),
    }),
  ),
  ModelBreakerClosed: firstVersion(
    category,
    object<EventOf<'ModelBreakerClosed'>['data']>({ reason: string() }),
  ),
};
