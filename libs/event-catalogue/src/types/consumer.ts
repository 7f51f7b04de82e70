import { type EventOf, firstVersion } from '../event-definition.js';
import { integer, object, oneOf, string } from '../schema.js';

const category = 'consumer';

const decision = { stream: string(), revision: integer(), reason: string() };

export const consumerEvents = {
  EventParked: firstVersion(
    category,
    object<EventOf<'EventParked'>['data']>({
      stream: string(),
      revision: integer(),
      eventId: string(),
      eventType: string(),
      kind: oneOf('projector', 'reactor'),
      failure: string(),
      attempts: integer(),
    }),
  ),
  ParkedEventRetried: firstVersion(
    category,
    object<EventOf<'ParkedEventRetried'>['data']>(decision),
  ),
  ParkedEventSkipped: firstVersion(
    category,
    object<EventOf<'ParkedEventSkipped'>['data']>(decision),
  ),
  ParkedStreamReleased: firstVersion(
    category,
    object<EventOf<'ParkedStreamReleased'>['data']>({ stream: string(), revision: integer() }),
  ),
};
