import { accepted, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import { type Budgets, budgetIdOf, budgetPeriods, MOST_BUDGETS } from './budgets.js';
import type { ClearBudget, SetBudget, ShareBudget } from './commands.js';
import type { BudgetCleared, BudgetSet, BudgetShared } from './events.js';

type BudgetDecision = Decision<BudgetSet | BudgetShared | BudgetCleared>;

function setBudget(budgets: Budgets, command: SetBudget): BudgetDecision {
  const { subject, limits, newBudgetId } = command;
  for (const period of budgetPeriods) {
    const limit = limits[period];
    if (limit !== null && limit < 0n) {
      return rejected(validationError(period, 'must not be negative'));
    }
  }
  const known = budgetIdOf(budgets, subject);
  if (known === undefined && budgets.byId.size >= MOST_BUDGETS) {
    const message = `the account has ${MOST_BUDGETS} budgets, which is the most`;
    return rejected(domainError('conflict', message));
  }
  const before = known === undefined ? undefined : budgets.byId.get(known)?.limits;
  if (before !== undefined && budgetPeriods.every((period) => before[period] === limits[period])) {
    return accepted();
  }
  return accepted({ type: 'BudgetSet', data: { budgetId: known ?? newBudgetId, subject, limits } });
}

function shareBudget(budgets: Budgets, { from, subject }: ShareBudget): BudgetDecision {
  const budgetId = budgetIdOf(budgets, from);
  if (budgetId === undefined || budgetIdOf(budgets, subject) === budgetId) return accepted();
  return accepted({ type: 'BudgetShared', data: { budgetId, subject } });
}

/** Of an account that is open. */
export function decideBudget(
  command: SetBudget | ShareBudget | ClearBudget,
  budgets: Budgets,
): BudgetDecision {
  if (command.type === 'SetBudget') return setBudget(budgets, command);
  if (command.type === 'ShareBudget') return shareBudget(budgets, command);
  const { subject } = command;
  if (budgetIdOf(budgets, subject) === undefined) return accepted();
  return accepted({ type: 'BudgetCleared', data: { subject } });
}
