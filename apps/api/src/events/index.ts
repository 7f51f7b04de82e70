import { BalanceAlerts } from '@imprest/application';
import { EventBodies } from './event-bodies.js';
import { EventStreams } from './event-streams.js';
import { EventsController } from './events.controller.js';
import { FeedWatch } from './feed-watch.js';

export const eventControllers = [EventsController];
export const eventProviders = [BalanceAlerts, EventBodies, EventStreams, FeedWatch];
