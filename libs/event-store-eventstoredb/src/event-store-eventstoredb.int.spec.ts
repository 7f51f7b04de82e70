import { eventStoreConformance } from '@imprest/testkit/conformance';
import { EventStoreDbServer } from '@imprest/testkit/eventstoredb';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';

eventStoreConformance('EventStoreDB, the stand-in of testkit', async () => {
  const server = await EventStoreDbServer.start();
  const { connectionString } = server;
  return {
    connect: () => EventStoreDbEventStore.connect({ connectionString }),
    dispose: () => server.stop(),
  };
});

/** A server of one's own, EventStoreDB or KurrentDB, that nobody else uses meanwhile. */
const connectionString = process.env.ESDB_URL;

if (connectionString === undefined) {
  console.info('EventStore: a real EventStoreDB is left out, since ESDB_URL=esdb://... names none');
} else {
  eventStoreConformance('EventStoreDB, the server of ESDB_URL', async () => ({
    connect: () => EventStoreDbEventStore.connect({ connectionString }),
    dispose: async () => undefined,
  }));
}
