import type { StoredEvent } from '@imprest/event-catalogue';
import { storedEvent } from '@imprest/event-catalogue';
import type { EventStore, ReadAllOptions } from './event-store.js';

/** What an audit reads of a store: the bytes it keeps, not what they mean. */
export interface StoredEventReader {
  /** Pages of the whole store in global order. */
  readStored(options: ReadAllOptions): AsyncIterable<readonly StoredEvent[]>;
}

/**
 * The store's own reader where it has one. Elsewhere events are written again as they were given to the
 * store, so a change of bytes that JSON does not tell apart is not seen.
 */
export function storedEventReader(store: Pick<EventStore, 'readAll'>): StoredEventReader {
  if (isStoredEventReader(store)) return store;
  return {
    async *readStored(options) {
      for await (const page of store.readAll(options)) yield page.map(storedEvent);
    },
  };
}

function isStoredEventReader(store: object): store is StoredEventReader {
  return 'readStored' in store;
}
