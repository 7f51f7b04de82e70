export { correlationOf, type EventPlace, eventAt, eventPlace } from './event-place.js';
export {
  type EventSearchOptions,
  type EventSearchResult,
  searchEvents,
} from './event-search.js';
export { type EventSelection, SelectedEvents } from './selected-events.js';
