import type { Decider } from '../shared/decider.js';
import { decideModelBreaker, type ModelBreakerCommand } from './decide.js';
import type { ModelBreakerEvent } from './events.js';
import { evolveModelBreaker, initialModelBreaker, type ModelBreakerState } from './state.js';

export * from './attempt-window.js';
export * from './breaker-rule.js';
export * from './decide.js';
export * from './events.js';
export type { BreakerStatus, ModelBreakerState } from './state.js';

export const modelBreaker: Decider<ModelBreakerCommand, ModelBreakerState, ModelBreakerEvent> = {
  category: 'modelBreaker',
  initialState: initialModelBreaker,
  decide: decideModelBreaker,
  evolve: evolveModelBreaker,
};
