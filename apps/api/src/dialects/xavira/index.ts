import { XaviraCharactersController } from './characters.controller.js';
import { Credits } from './credits.js';
import { XaviraImagesController } from './images.controller.js';

export const xaviraControllers = [XaviraCharactersController, XaviraImagesController];

export const xaviraProviders = [Credits];
