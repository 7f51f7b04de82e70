// The broker of scripts/kafka/run: one line with its address on standard output, then until a signal.
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startKafkaBroker } from '@imprest/testkit/kafka';

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const port = values.port === undefined ? undefined : Number(values.port);
const startedAt = performance.now();
const broker = await startKafkaBroker({ port });
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
console.error(`Kafka ${broker.version} runs as ${broker.pid} since ${seconds} s.`);
console.log(`MESSAGE_BUS=kafka://${broker.brokers.join(',')}`);
await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
await broker.stop();
