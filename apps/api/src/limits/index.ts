import { TiersController } from './tiers.controller.js';

export const limitsControllers = [TiersController];
