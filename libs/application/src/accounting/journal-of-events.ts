import {
  AccountBook,
  type JournalEntry,
  type PeriodBounds,
  RevenueOfMonth,
  type RevenueRow,
  tokenAccount,
} from '@imprest/domain';
import { accountFact, type RecordedEvent } from '@imprest/event-catalogue';
import { type EventStore, START_OF_STORE } from '../ports/event-store.js';

export interface BookedEvent {
  readonly recorded: RecordedEvent;
  readonly entry: JournalEntry;
}

export interface ReplayOptions {
  readonly eventStore: Pick<EventStore, 'readAll'>;
  /** Inclusive; the head of the store when absent. */
  readonly upTo?: bigint;
  readonly signal?: AbortSignal;
  /** Called for each page, with the position reached. */
  readonly onPage?: (position: bigint, events: number) => void;
}

/**
 * Every entry of the journal from events alone, in store order. Memory holds lots of every account, and
 * nothing that grows with the number of events.
 */
export async function* journalOfEvents(options: ReplayOptions): AsyncGenerator<BookedEvent[]> {
  const { eventStore, upTo, signal, onPage } = options;
  const books = new Map<string, AccountBook>();
  const range = { after: START_OF_STORE, upTo, categories: [tokenAccount.category] };
  for await (const page of eventStore.readAll(range)) {
    if (signal?.aborted) return;
    yield page.map((recorded) => {
      const fact = accountFact(recorded);
      let book = books.get(fact.tenantId);
      if (book === undefined) {
        book = new AccountBook(fact.tenantId);
        books.set(fact.tenantId, book);
      }
      return { recorded, entry: book.enter(fact) };
    });
    onPage?.(page.at(-1)?.position ?? START_OF_STORE, page.length);
  }
}

/** What the revenue report of a month has to say, from events alone. */
export async function revenueOfEvents(
  bounds: PeriodBounds,
  options: ReplayOptions,
): Promise<readonly RevenueRow[]> {
  const revenue = new RevenueOfMonth(bounds);
  for await (const page of journalOfEvents(options)) {
    for (const { entry, recorded } of page) revenue.add(entry, recorded.position);
  }
  return revenue.result();
}
