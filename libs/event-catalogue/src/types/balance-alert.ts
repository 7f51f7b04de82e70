import type { SealedSecret } from '@imprest/domain';
import { type EventOf, firstVersion } from '../event-definition.js';
import { amount, integer, object, string } from '../schema.js';

const category = 'balanceAlert';

export const balanceAlertEvents = {
  BalanceAlertSet: firstVersion(
    category,
    object<EventOf<'BalanceAlertSet'>['data']>({
      threshold: amount(),
      target: object<SealedSecret>({ sealed: string(), dataKeyId: string() }),
    }),
  ),
  BalanceAlertCleared: firstVersion(category, object<EventOf<'BalanceAlertCleared'>['data']>({})),
  BalanceFellLow: firstVersion(
    category,
    object<EventOf<'BalanceFellLow'>['data']>({
      crossing: integer(),
      available: amount(),
      threshold: amount(),
      accountRevision: integer(),
    }),
  ),
  BalanceRecovered: firstVersion(
    category,
    object<EventOf<'BalanceRecovered'>['data']>({
      available: amount(),
      accountRevision: integer(),
    }),
  ),
};
