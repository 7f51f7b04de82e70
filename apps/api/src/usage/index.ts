import { UsageController } from './usage.controller.js';
import { UsageGroups } from './usage-groups.js';

export const usageControllers = [UsageController];
export const usageProviders = [UsageGroups];
