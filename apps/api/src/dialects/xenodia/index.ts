import { XenodiaImagesController } from './images.controller.js';
import { XenodiaModelsController } from './models.controller.js';
import { XenodiaTasksController } from './tasks.controller.js';

export const xenodiaControllers = [
  XenodiaImagesController,
  XenodiaTasksController,
  XenodiaModelsController,
];
