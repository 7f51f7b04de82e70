export * from './event-feed.js';
export { eventFeedProjector } from './event-feed-projector.js';
