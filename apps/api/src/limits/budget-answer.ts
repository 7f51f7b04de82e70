import type { BudgetView } from '@imprest/application';
import type { BudgetLimits } from '@imprest/domain';
import type { BudgetBody } from './requests.js';

const limitOf = (tokens: number | null | undefined) =>
  tokens === null || tokens === undefined ? null : BigInt(tokens);
const shown = (tokens: bigint | null) => (tokens === null ? null : Number(tokens));

export function budgetLimits({ perDay, perMonth, total }: BudgetBody): BudgetLimits {
  return { perDay: limitOf(perDay), perMonth: limitOf(perMonth), total: limitOf(total) };
}

export function budgetAnswer({ limits, spent }: BudgetView) {
  return {
    perDay: shown(limits.perDay),
    perMonth: shown(limits.perMonth),
    total: shown(limits.total),
    spent: {
      today: Number(spent.day),
      thisMonth: Number(spent.month),
      total: Number(spent.total),
    },
  };
}
