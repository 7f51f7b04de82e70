import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { messageBusConformance } from '@imprest/testkit/conformance';
import { inject } from 'vitest';
import { KafkaEventPublisher } from '../publishing/kafka-event-publisher.js';
import { KafkaTopics } from '../topics/kafka-topics.js';
import { KafkaMessageBus } from './kafka-message-bus.js';

const SESSION_MS = 3_000;

/** The children run the built package: `npx tsc -b libs/message-bus-kafka` comes first, as in `npm test`. */
messageBusConformance('Kafka', async () => {
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const connection = { brokers: inject('kafkaBrokers'), prefix, sessionTimeoutMs: SESSION_MS };
  const topics = await KafkaTopics.connect(connection);
  await topics.create({ partitions: 3 });
  await topics.close();
  const publisher = await KafkaEventPublisher.connect(connection);
  return {
    takeOverMs: 20_000,
    connect: () => KafkaMessageBus.connect(connection),
    record: (events) => publisher.publish(events),
    start: async (consumer, category) => {
      const brokers = connection.brokers.join(',');
      const args = [brokers, prefix, String(SESSION_MS), consumer, category];
      const child = fork(new URL('../processes/consumer.mjs', import.meta.url), args, {
        execArgv: [],
      });
      const consumed: string[] = [];
      child.on('message', (ids: string[]) => consumed.push(...ids));
      await once(child, 'message');
      return {
        consumed,
        die: async () => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          child.kill('SIGKILL');
          await once(child, 'exit');
        },
      };
    },
    dispose: () => publisher.close(),
  };
});
