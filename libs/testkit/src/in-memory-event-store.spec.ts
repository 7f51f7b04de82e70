import { eventStoreConformance } from './conformance/event-store.js';
import { InMemoryEventLog, InMemoryEventStore } from './in-memory-event-store.js';

eventStoreConformance('in memory', async () => {
  const log = new InMemoryEventLog();
  return { connect: async () => new InMemoryEventStore(log), dispose: async () => {} };
});
