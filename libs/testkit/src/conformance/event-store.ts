import type { EventStore } from '@imprest/application';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { appendConformance } from './event-store/append.js';
import { concurrencyConformance } from './event-store/concurrency.js';
import { readConformance } from './event-store/read.js';
import type { EventStoreHarness, EventStoreSubject } from './event-store/subject.js';
import { subscribeConformance } from './event-store/subscribe.js';

export type { EventStoreHarness };

export function eventStoreConformance(
  name: string,
  create: () => Promise<EventStoreHarness>,
): void {
  describe(`EventStore: ${name}`, () => {
    let harness: EventStoreHarness;
    let store: EventStore;
    const connected: EventStore[] = [];
    const connect = async () => {
      const instance = await harness.connect();
      connected.push(instance);
      return instance;
    };
    const subject: EventStoreSubject = {
      get store() {
        return store;
      },
      get harness() {
        return harness;
      },
      connect,
    };

    beforeAll(async () => {
      harness = await create();
    });
    beforeEach(async () => {
      store = await connect();
    });
    afterEach(async () => {
      await Promise.all(connected.splice(0).map((instance) => instance.close()));
    });
    afterAll(() => harness.dispose());

    describe('append', () => appendConformance(subject));
    describe('writers at the same time', () => concurrencyConformance(subject));
    describe('read', () => readConformance(subject));
    describe('subscribe', () => subscribeConformance(subject));
  });
}
