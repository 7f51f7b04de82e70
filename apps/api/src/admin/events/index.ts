import { AuditController } from './audit.controller.js';
import { EventBrowser } from './event-browser.js';
import { EventBrowserController } from './events.controller.js';

export { EventBrowser, LONGEST_MS } from './event-browser.js';

export const eventBrowserControllers = [EventBrowserController, AuditController];
export const eventBrowserProviders = [EventBrowser];
