import type { Decider } from '../shared/decider.js';
import type { JobCommand } from './commands.js';
import { decideJob } from './decide.js';
import type { JobEvent } from './events.js';
import { evolveJob, initialJob, type JobState } from './state.js';

export * from './attempt-rules.js';
export * from './commands.js';
export * from './decide.js';
export * from './events.js';

export { isOpenJob, type JobState, type JobStatus } from './state.js';

export const job: Decider<JobCommand, JobState, JobEvent> = {
  category: 'job',
  initialState: initialJob,
  decide: decideJob,
  evolve: evolveJob,
};
