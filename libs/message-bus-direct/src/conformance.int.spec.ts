import { InMemoryCheckpointStore, InMemoryEventLog, InMemoryEventStore } from '@imprest/testkit';
import { messageBusConformance } from '@imprest/testkit/conformance';
import { CuttableProxy } from '@imprest/testkit/network';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { DirectMessageBus } from './direct-message-bus.js';

messageBusConformance('direct', async () => {
  const database = await createTestDatabase();
  const log = new InMemoryEventLog();
  const clock = { now: () => new Date('2026-01-15T09:00:01.234Z') };
  const store = () => new InMemoryEventStore(log, clock);
  const closing: (() => Promise<void>)[] = [];
  return {
    takeOverMs: 10_000,
    connect: async () => new DirectMessageBus(store(), database.url),
    record: async (events) => {
      for (const { stream, revision, eventId, type, version, data, metadata } of events) {
        const envelopes = [{ eventId, type, version, data, metadata }];
        await store().append([{ stream, expectedRevision: revision - 1, events: envelopes }]);
      }
    },
    start: async (consumer, category) => {
      const proxy = await CuttableProxy.to(database.url);
      const bus = new DirectMessageBus(store(), proxy.url);
      closing.push(() => bus.close().then(() => proxy.close()));
      const checkpoints = new InMemoryCheckpointStore();
      const loadPosition = () => checkpoints.load(consumer);
      const consumed: string[] = [];
      let dead = false;
      bus.consume({ consumer, categories: [category], loadPosition }, async ({ events }) => {
        if (dead) throw new Error('the dead do no work');
        consumed.push(...events.map(({ eventId }) => eventId));
      });
      return {
        consumed,
        die: async () => {
          dead = true;
          proxy.cut();
        },
      };
    },
    dispose: async () => {
      await Promise.all(closing.map((close) => close()));
      await database.drop();
    },
  };
});
