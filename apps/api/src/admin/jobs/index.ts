import { DeadLettersController } from './dead-letters.controller.js';
import { JobsController } from './jobs.controller.js';
import { ModelBreakersController } from './model-breakers.controller.js';

export { jobProviders } from './providers.js';

export const jobControllers = [DeadLettersController, JobsController, ModelBreakersController];
