import type { Decider } from '../shared/decider.js';
import { decideModerationCase, type ModerationCaseCommand } from './decide.js';
import type { ModerationCaseEvent } from './events.js';
import { evolveModerationCase, initialModerationCase, type ModerationCaseState } from './state.js';

export * from './decide.js';
export * from './events.js';
export { blocksEndUser, type CaseStatus, type ModerationCaseState } from './state.js';
export * from './vocabulary.js';

export const moderationCase: Decider<
  ModerationCaseCommand,
  ModerationCaseState,
  ModerationCaseEvent
> = {
  category: 'moderationCase',
  initialState: initialModerationCase,
  decide: decideModerationCase,
  evolve: evolveModerationCase,
};
