export {
  EventStoreDbEventStore,
  type EventStoreDbEventStoreOptions,
} from './eventstoredb-event-store.js';
export {
  EventStoreDbCopyTarget,
  type EventStoreDbCopyTargetOptions,
} from './moving/eventstoredb-copy-target.js';
export { CopyBroken } from './moving/ordered-writer.js';
export type { EventStoreObserver } from './observer.js';
