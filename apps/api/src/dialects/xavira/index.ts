import { XaviraCharactersController } from './characters.controller.js';
import { Credits } from './credits.js';
import { XaviraImagesController } from './images.controller.js';
import { XaviraVideosController } from './videos.controller.js';
import { XaviraWebhooksController } from './webhooks.controller.js';

export const xaviraControllers = [
  XaviraCharactersController,
  XaviraImagesController,
  XaviraVideosController,
  XaviraWebhooksController,
];

export const xaviraProviders = [Credits];
