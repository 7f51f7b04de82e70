// A process that consumes one category until it is killed, and tells its parent what it has handled.
import { KafkaMessageBus } from '@imprest/message-bus-kafka';

const [brokers, prefix, sessionTimeoutMs, consumer, category] = process.argv.slice(2);
const bus = await KafkaMessageBus.connect({
  brokers: brokers.split(','),
  prefix,
  sessionTimeoutMs: Number(sessionTimeoutMs),
});
const options = { consumer, categories: [category], loadPosition: async () => 0n };
bus.consume(options, async ({ events }) => {
  process.send(events.map(({ eventId }) => eventId));
});
process.once('disconnect', () => process.exit());
process.send([]);
