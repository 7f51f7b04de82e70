import type { components } from '../api/openapi.ts';
import { fractionDigits } from '../format/amount.ts';
import { sumOf } from './sums.ts';

export type Revenue = components['schemas']['Revenue'];
export type RevenueRow = Revenue['rows'][number];

/** Currencies in which something was sold, by their codes. Grants have none. */
export function currenciesOf(months: readonly Pick<Revenue, 'rows'>[]): string[] {
  const all = months.flatMap(({ rows }) => rows.map(({ currency }) => currency));
  return [...new Set(all.filter((currency) => currency !== null))].sort();
}

/** Earned less given back, in minor units: the revenue of a month in one currency. */
export function earnedIn(rows: readonly RevenueRow[], currency: string): bigint {
  const inIt = rows.filter((row) => row.currency === currency);
  const recognised = sumOf(inIt.map((row) => row.recognised.minorUnits));
  return recognised - sumOf(inIt.map((row) => row.refunded.minorUnits));
}

/** A bar a month. Its heights are drawn, not reckoned with, so that they may be numbers with a fraction. */
export function earnedByMonth(months: readonly Pick<Revenue, 'month' | 'rows'>[]) {
  const currencies = currenciesOf(months);
  return months.map(({ month, rows }) => {
    const heights = currencies.map((currency) => {
      const height = Number(earnedIn(rows, currency)) / 10 ** fractionDigits(currency);
      return [currency, height] as const;
    });
    return { day: month, ...Object.fromEntries(heights) };
  });
}
