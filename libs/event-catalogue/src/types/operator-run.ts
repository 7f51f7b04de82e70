import { type EventOf, firstVersion } from '../event-definition.js';
import { nullable, object, oneOf, string } from '../schema.js';

const category = 'operatorRun';

export const operatorRunEvents = {
  OperatorRunBegun: firstVersion(
    category,
    object<EventOf<'OperatorRunBegun'>['data']>({
      work: string(),
      subject: string(),
      reason: nullable(string()),
    }),
  ),
  OperatorRunEnded: firstVersion(
    category,
    object<EventOf<'OperatorRunEnded'>['data']>({
      work: string(),
      subject: string(),
      outcome: oneOf('finished', 'failed', 'stopped'),
      result: nullable(string()),
      failure: nullable(string()),
    }),
  ),
};
