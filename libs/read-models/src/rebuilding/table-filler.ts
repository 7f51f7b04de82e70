import type { StoredEvent } from '@imprest/event-catalogue';

/** Fills tables beside the live ones from the first event on, before they have their indexes. */
export interface TableFiller {
  /** Events to read for one call of `write`. */
  readonly chunkEvents: number;
  readonly pageSize: number;
  /** Writes the rows of these events, and whatever the next call needs, in a transaction of the caller. */
  write(pages: AsyncIterable<readonly StoredEvent[]>): Promise<void>;
}
