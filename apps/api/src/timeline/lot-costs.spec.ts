import type { LedgerEntryView, LotShare } from '@imprest/read-models';
import { expect, test } from 'vitest';
import { lotCosts } from './lot-costs.js';

const share = (lotId: string, tokens: number, minorUnits?: number): LotShare => ({
  lotId,
  kind: minorUnits === undefined ? 'promotional' : 'purchased',
  tokens: `${tokens}`,
  money: minorUnits === undefined ? null : { currency: 'EUR', minorUnits: `${minorUnits}` },
});

const entry = (
  revision: number,
  type: string,
  lots: readonly LotShare[],
  charged: readonly LotShare[] = [],
) => ({ revision, type, lots, charged }) as LedgerEntryView;

const held = entry(4, 'TokensHeld', [share('gift', -4), share('bought', -6, -60)]);

test('a hold that was settled in part and refunded in part adds up by lot', () => {
  const settled = entry(
    5,
    'HoldSettled',
    [share('bought', 2, 20)],
    [share('gift', 4), share('bought', 4, 40)],
  );
  const refunded = entry(9, 'TokensRefunded', [share('bought', 1, 10)], [share('bought', -1, -10)]);
  expect(lotCosts([refunded, settled, held])).toEqual([
    {
      ...{ lotId: 'gift', kind: 'promotional', money: null },
      ...{ held: '4', charged: '4', returned: '0', refunded: '0' },
    },
    {
      ...{ lotId: 'bought', kind: 'purchased', money: { currency: 'EUR', minorUnits: '30' } },
      ...{ held: '6', charged: '4', returned: '2', refunded: '1' },
    },
  ]);
});

test('a hold that was released was charged to nobody', () => {
  const released = entry(6, 'HoldReleased', [share('gift', 4), share('bought', 6, 60)]);
  for (const lot of lotCosts([held, released])) {
    expect(lot).toMatchObject({ charged: '0', returned: lot.held, money: null });
  }
});
