import type { Decider } from '../shared/decider.js';
import type { TokenAccountCommand } from './commands.js';
import { decideTokenAccount } from './decide.js';
import type { TokenAccountEvent } from './events.js';
import { evolveTokenAccount, initialTokenAccount, type TokenAccountState } from './state.js';

export * from './commands.js';
export { insufficientBalance } from './decide.js';
export { drawableTokens } from './draw.js';
export * from './events.js';
export * from './snapshot.js';
export type { Hold, Lot, TokenAccountState } from './state.js';

export const tokenAccount: Decider<TokenAccountCommand, TokenAccountState, TokenAccountEvent> = {
  category: 'tokenAccount',
  initialState: initialTokenAccount,
  decide: decideTokenAccount,
  evolve: evolveTokenAccount,
};
