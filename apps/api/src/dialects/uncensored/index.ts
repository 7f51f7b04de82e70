import { UncensoredImagesController } from './images.controller.js';
import { UncensoredJobsController } from './jobs.controller.js';

export const uncensoredControllers = [UncensoredImagesController, UncensoredJobsController];
