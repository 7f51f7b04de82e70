/** What a store tells about itself, for metrics and logs. Every method is optional. */
export interface EventStoreObserver {
  /** One answered append call: events written, calls it stands for, seconds from sending to the answer. */
  appended?(events: number, appends: number, seconds: number): void;
  /** An append call was answered with a conflict. */
  conflicted?(streams: readonly string[]): void;
  /** Append calls were rejected because the store did not answer or too many waited. */
  unavailable?(appends: number, error: Error): void;
  /** Something that keeps trying by itself has failed: an append of unknown outcome, or following the store. */
  retrying?(what: 'append' | 'subscription', error: unknown, retryInMs: number): void;
}
