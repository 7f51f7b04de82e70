// A process that does nothing but relay, or stand by to. It tells its parent when it is elected.
import { EventRelay, systemClock } from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { PostgresLocks } from '@imprest/exclusive-locks-postgres';
import { KafkaEventPublisher } from '@imprest/message-bus-kafka';
import { PostgresRelayPosition } from '@imprest/read-models';

const [connectionString, brokers, prefix] = process.argv.slice(2);
const connection = { brokers: brokers.split(','), prefix };
const applicationName = `relay ${process.pid}`;
const relay = new EventRelay({
  store: await PostgresEventStore.connect({ connectionString, applicationName }),
  publisher: await KafkaEventPublisher.connect({ ...connection, confirmTimeoutMs: 5_000 }),
  position: new PostgresRelayPosition({ connectionString }),
  locks: new PostgresLocks({ connectionString, applicationName, silenceMs: 3_000, retryMs: 500 }),
  clock: systemClock,
  observer: { elected: () => process.send('elected') },
});
relay.start();
process.on('disconnect', () => process.exit());
