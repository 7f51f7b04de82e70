import { type EventOf, firstVersion } from '../event-definition.js';
import { object, string } from '../schema.js';

const category = 'worker';

export const workerEvents = {
  WorkerCordoned: firstVersion(
    category,
    object<EventOf<'WorkerCordoned'>['data']>({ reason: string() }),
  ),
  WorkerDrainBegun: firstVersion(
    category,
    object<EventOf<'WorkerDrainBegun'>['data']>({ reason: string() }),
  ),
  WorkerUncordoned: firstVersion(
    category,
    object<EventOf<'WorkerUncordoned'>['data']>({ reason: string() }),
  ),
};
