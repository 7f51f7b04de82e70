import type { MessageBus } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';

/** A process that consumes by itself, and can be ended without a warning. */
export interface ConsumingProcess {
  /** Ids of the events whose handler resolved, in that order. */
  readonly consumed: readonly string[];
  /** Ends it as a crash of its machine would: nothing is finished, nothing is said to anyone. */
  die(): Promise<void>;
}

export interface MessageBusHarness {
  /** A bus as one more process has it. */
  connect(): Promise<MessageBus>;
  /** Brings events, in this order, to where every bus finds them. */
  record(events: readonly RecordedEvent[]): Promise<void>;
  /** One more process that consumes a category; resolves when it does. */
  start(consumer: string, category: string): Promise<ConsumingProcess>;
  /** Longest time until another member has what a dead one held. */
  readonly takeOverMs: number;
  dispose(): Promise<void>;
}
