import { SealsController } from './seals.controller.js';
import { Verifications } from './verifications.js';

export const sealControllers = [SealsController];
export const sealProviders = [Verifications];
