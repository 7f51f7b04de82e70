import { eventStoreConformance } from '@imprest/testkit/conformance';
import { EventStoreDbServer } from '@imprest/testkit/eventstoredb';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';

eventStoreConformance('EventStoreDB protocol', async () => {
  const server = await EventStoreDbServer.start();
  return {
    connect: () => EventStoreDbEventStore.connect({ connectionString: server.connectionString }),
    dispose: () => server.stop(),
  };
});
