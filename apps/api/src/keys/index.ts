import { KeyDesk } from './key-desk.js';
import { OwnKeysController } from './own-keys.controller.js';
import { TenantKeysController } from './tenant-keys.controller.js';

export const keyControllers = [TenantKeysController, OwnKeysController];
export const keyProviders = [KeyDesk];
