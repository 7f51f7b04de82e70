export { estimateStart, type StartEstimate, type WaitingWork } from './estimate-start.js';
export {
  type LinePlace,
  type QueuePlace,
  QueuePlaces,
  type QueuePlacesServices,
} from './queue-places.js';
