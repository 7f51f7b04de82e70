import { MembersController } from './members.controller.js';
import { TenantMembersController } from './tenant-members.controller.js';

export const memberControllers = [MembersController, TenantMembersController];
