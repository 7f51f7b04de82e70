import { DeadLettersController } from './dead-letters.controller.js';
import { JobsController } from './jobs.controller.js';
import { ModelBreakersController } from './model-breakers.controller.js';

export { workProviders } from './providers.js';

export const workControllers = [DeadLettersController, JobsController, ModelBreakersController];
