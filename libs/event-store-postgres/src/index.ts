export { migrations } from './migrations.js';
export { WriteStop, type WriteStopOptions } from './moving/write-stop.js';
export type { EventStoreObserver } from './observer.js';
export { PostgresEventStore, type PostgresEventStoreOptions } from './postgres-event-store.js';
