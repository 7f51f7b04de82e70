import { startKafkaBroker } from '@imprest/testkit/kafka';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** host:port of the Kafka that the whole run shares. */
    kafkaBrokers: readonly string[];
  }
}

/** One Kafka for the whole run; every test takes topics of its own on it, by their prefix. */
export default async function sharedKafka(project: TestProject): Promise<() => Promise<void>> {
  const broker = await startKafkaBroker();
  project.provide('kafkaBrokers', broker.brokers);
  return () => broker.stop();
}
