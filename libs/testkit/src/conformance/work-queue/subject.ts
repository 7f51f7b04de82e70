import type { WorkQueue } from '@imprest/application';

export interface WorkQueueHarness {
  /** One more process on the queue of this name, which may hold items from before. */
  connect(queue: string): Promise<WorkQueue>;
  dispose(): Promise<void>;
  /** Longest time from an item becoming ready to the call of a listener; 100 when absent. */
  readonly wakeUpMs?: number;
}

/** What each part of the suite is given. */
export interface WorkQueueSubject {
  /** A queue of this test, empty at first. */
  readonly queue: WorkQueue;
  readonly harness: WorkQueueHarness;
  /** One more process on the same queue, closed after the test. */
  connect(): Promise<WorkQueue>;
  /** A process on another queue of the same server. */
  connectOther(): Promise<WorkQueue>;
}
