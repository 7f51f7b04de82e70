import { PriceBookController } from './price-book.controller.js';
import { TenantDetailsController } from './tenant-details.controller.js';

export const tenantControllers = [TenantDetailsController, PriceBookController];
