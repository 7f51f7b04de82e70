import { AuditController } from './audit.controller.js';
import { EventBrowser } from './event-browser.js';
import { EventBrowserController } from './events.controller.js';

export { EventBrowser } from './event-browser.js';

export const eventBrowserControllers = [EventBrowserController, AuditController];
export const eventBrowserProviders = [EventBrowser];
