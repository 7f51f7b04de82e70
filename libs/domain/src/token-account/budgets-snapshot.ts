import type { BudgetPeriod, Budgets } from './budgets.js';

/** Plain JSON: amounts are decimal strings. */
export interface BudgetsSnapshot {
  readonly byId: readonly (readonly [
    budgetId: string,
    limits: Readonly<Record<BudgetPeriod, string | null>>,
    spending: Readonly<Record<'on' | 'day' | 'month' | 'total', string>>,
  ])[];
  readonly idOf: readonly (readonly [subject: string, budgetId: string])[];
}

const text = (tokens: bigint | null) => (tokens === null ? null : tokens.toString());
const tokens = (given: string | null) => (given === null ? null : BigInt(given));

export function snapshotBudgets({ byId, idOf }: Budgets): BudgetsSnapshot {
  return {
    byId: [...byId].map(([budgetId, { limits, spending }]) => [
      budgetId,
      { perDay: text(limits.perDay), perMonth: text(limits.perMonth), total: text(limits.total) },
      {
        on: spending.on,
        day: spending.day.toString(),
        month: spending.month.toString(),
        total: spending.total.toString(),
      },
    ]),
    idOf: [...idOf],
  };
}

export function restoreBudgets({ byId, idOf }: BudgetsSnapshot, into: Budgets): void {
  for (const [budgetId, limits, { on, day, month, total }] of byId) {
    into.byId.set(budgetId, {
      limits: {
        perDay: tokens(limits.perDay),
        perMonth: tokens(limits.perMonth),
        total: tokens(limits.total),
      },
      spending: { on, day: BigInt(day), month: BigInt(month), total: BigInt(total) },
    });
  }
  for (const [subject, budgetId] of idOf) into.idOf.set(subject, budgetId);
}
