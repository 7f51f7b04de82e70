import type { Decider } from '../shared/decider.js';
import type { TopUpCommand } from './commands.js';
import { decideTopUp } from './decide.js';
import type { TopUpEvent } from './events.js';
import { evolveTopUp, initialTopUp, type TopUpState } from './state.js';

export * from './commands.js';
export { type CreditPart, partsTaken } from './credit-rules.js';
export * from './currency.js';
export * from './events.js';
export * from './payment-observation.js';
export type { Credit, Dispute, RefundRequest, TopUpState, TopUpStatus } from './state.js';
export { refundedMinorUnits } from './state.js';

export const topUp: Decider<TopUpCommand, TopUpState, TopUpEvent> = {
  category: 'topUp',
  initialState: initialTopUp,
  decide: decideTopUp,
  evolve: evolveTopUp,
};
