import { ModerationCasesController } from './cases.controller.js';
import { ModerationMediaController } from './media.controller.js';
import { TakedownsController } from './takedowns.controller.js';

export { moderationProviders } from './providers.js';

export const moderationControllers = [
  ModerationCasesController,
  ModerationMediaController,
  TakedownsController,
];
