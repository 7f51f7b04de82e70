import type { Decider } from '../shared/decider.js';
import { decideGeneration, type GenerationCommand } from './decide.js';
import type { GenerationEvent } from './events.js';
import { evolveGeneration, type GenerationState, initialGeneration } from './state.js';

export * from './deadlines.js';
export * from './decide.js';
export * from './events.js';
export * from './image-limits.js';
export * from './request-rules.js';
export { presetPixels } from './size-presets.js';
export { type GenerationState, type GenerationStatus, isTerminal } from './state.js';
export * from './video-rules.js';

export const generation: Decider<GenerationCommand, GenerationState, GenerationEvent> = {
  category: 'generation',
  initialState: initialGeneration,
  decide: decideGeneration,
  evolve: evolveGeneration,
};
