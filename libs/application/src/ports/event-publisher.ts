import type { RecordedEvent } from '@imprest/event-catalogue';

/** Hands recorded events to the broker that consumers read them from. */
export interface EventPublisher {
  /**
   * Resolves when the broker keeps all of them, those of one stream in the order given. One call at a time.
   * @throws EventPublisherUnavailable when it may keep none, some or all: publishing them again is safe.
   */
  publish(events: readonly RecordedEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** The broker did not take the events: it may have some of them. */
export class EventPublisherUnavailable extends Error {
  override readonly name = 'EventPublisherUnavailable';
}
