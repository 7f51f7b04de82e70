import type { Decider } from '../shared/decider.js';
import type { TokenAccountCommand } from './commands.js';
import { decideTokenAccount } from './decide.js';
import type { TokenAccountEvent } from './events.js';
import { evolveTokenAccount, initialTokenAccount, type TokenAccountState } from './state.js';

export {
  type Budget,
  type BudgetCharge,
  type BudgetLimits,
  type BudgetSpending,
  type BudgetSubject,
  budgetIdOf,
  spendingOn,
} from './budgets.js';
export * from './commands.js';
export { insufficientBalance } from './decide.js';
export { drawableTokens } from './draw.js';
export * from './events.js';
export type { Lot } from './lot.js';
export * from './snapshot.js';
export type { Hold, TokenAccountState } from './state.js';

export const tokenAccount: Decider<TokenAccountCommand, TokenAccountState, TokenAccountEvent> = {
  category: 'tokenAccount',
  initialState: initialTokenAccount,
  decide: decideTokenAccount,
  evolve: evolveTokenAccount,
};
