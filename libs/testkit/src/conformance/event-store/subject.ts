import type { EventStore } from '@imprest/application';

export interface EventStoreHarness {
  /** One more process on the same events, which may hold others from before. */
  connect(): Promise<EventStore>;
  dispose(): Promise<void>;
  /** Size of an event's data the store must take; 1,000,000 when absent. */
  readonly largeEventBytes?: number;
  /** Longest time from a commit to the handler of an idle subscription; 500 when absent. */
  readonly wakeUpMs?: number;
}

/** What each part of the suite is given. */
export interface EventStoreSubject {
  /** A store of this test. */
  readonly store: EventStore;
  readonly harness: EventStoreHarness;
  /** One more, closed after the test. */
  connect(): Promise<EventStore>;
}
