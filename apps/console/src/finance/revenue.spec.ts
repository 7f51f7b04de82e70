import { describe, expect, it } from 'vitest';
import { currenciesOf, earnedByMonth, earnedIn, type RevenueRow } from './revenue.ts';

const nothing = { tokens: '0', minorUnits: '0' };

function row(
  tenantId: string,
  currency: string | null,
  recognised: string,
  refunded: string,
): RevenueRow {
  return {
    tenantId,
    currency,
    opening: nothing,
    purchased: nothing,
    recognised: { tokens: '0', minorUnits: recognised },
    refunded: { tokens: '0', minorUnits: refunded },
    chargedBack: nothing,
    repaid: nothing,
    breakage: nothing,
    closing: nothing,
  };
}

describe('revenue', () => {
  const rows = [row('harbour', 'EUR', '3128', '297'), row('orchard', 'EUR', '100', '0')];

  it('is what was earned less what was given back, of all tenants', () => {
    expect(earnedIn(rows, 'EUR')).toBe(2931n);
    expect(earnedIn(rows, 'USD')).toBe(0n);
  });

  it('is drawn a bar a month in units of each currency that was sold in', () => {
    const months = [
      { month: '2025-01', rows },
      {
        month: '2025-02',
        rows: [row('harbour', 'JPY', '500', '0'), row('harbour', null, '9', '0')],
      },
    ];
    expect(currenciesOf(months)).toEqual(['EUR', 'JPY']);
    expect(earnedByMonth(months)).toEqual([
      { day: '2025-01', EUR: 29.31, JPY: 0 },
      { day: '2025-02', EUR: 0, JPY: 500 },
    ]);
  });
});
