import type { RecordedEvent } from '@imprest/event-catalogue';
import type { EventStore } from '../ports/event-store.js';
import { eventAt } from './event-place.js';
import { type EventSelection, SelectedEvents } from './selected-events.js';

export interface EventSearchOptions {
  readonly selection: EventSelection;
  /** Exclusive. */
  readonly after: bigint;
  /** Inclusive; the head when absent. */
  readonly upTo?: bigint;
  /** Most events to find. */
  readonly limit: number;
  /** Ends the search; what was looked at until then counts. */
  readonly signal?: AbortSignal;
  /** Most events to look at; 5,000 when absent. */
  readonly most?: number;
}

export interface EventSearchResult {
  readonly events: readonly RecordedEvent[];
  /** Events that were looked at. */
  readonly lookedAt: number;
  /** Everything up to here was looked at. */
  readonly position: bigint;
  readonly head: bigint;
  /** Nothing is left to look at. */
  readonly finished: boolean;
}

type Reader = Pick<EventStore, 'readAll' | 'readStream' | 'head'>;

const MOST = 5_000;
const PAGE = 500;
/** Each is a question of its own to the store. */
const MOST_FIRST_EVENTS = 1_000;

/** A look at a bounded part of the store, to be gone on with from where it ended. */
export async function searchEvents(
  store: Reader,
  options: EventSearchOptions,
): Promise<EventSearchResult> {
  const { selection, after, most = MOST } = options;
  const head = await store.head();
  const upTo = options.upTo === undefined || options.upTo > head ? head : options.upTo;
  const search = new Search(store, selection, after);
  const { category: categories } = selection;
  let cut = false;
  const onLook = (position: bigint) => {
    search.reach(position);
    cut = search.isEnough(options);
    return !cut;
  };
  const range = { after, upTo, categories, pageSize: Math.min(PAGE, most), onLook };
  if (upTo > after) {
    for await (const page of store.readAll(range)) {
      for (const event of page) {
        if (search.isEnough(options)) return { ...search.found, head, finished: false };
        await search.look(event);
      }
    }
  }
  if (cut) return { ...search.found, head, finished: false };
  return { ...search.found, position: upTo > after ? upTo : after, head, finished: true };
}

class Search {
  readonly events: RecordedEvent[] = [];
  lookedAt = 0;
  firstEvents = 0;
  private readonly filter: SelectedEvents;
  private readonly asked = new Set<string>();

  constructor(
    private readonly store: Reader,
    selection: EventSelection,
    private position: bigint,
  ) {
    this.filter = new SelectedEvents(selection);
  }

  get found() {
    const { events, lookedAt, position } = this;
    return { events, lookedAt, position };
  }

  isEnough({ limit, most = MOST, signal }: EventSearchOptions): boolean {
    return (
      this.events.length >= limit ||
      this.lookedAt >= most ||
      this.firstEvents >= MOST_FIRST_EVENTS ||
      signal?.aborted === true
    );
  }

  /** Nothing that is asked for is left up to here. */
  reach(position: bigint): void {
    this.position = position;
  }

  async look(event: RecordedEvent): Promise<void> {
    const { stream } = event;
    if (!this.asked.has(stream) && this.filter.needsFirstOf(event)) {
      this.asked.add(stream);
      this.firstEvents += 1;
      const first = await eventAt(this.store, { stream, revision: 0 });
      if (first !== undefined) this.filter.matches(first);
    }
    if (this.filter.matches(event)) this.events.push(event);
    this.lookedAt += 1;
    this.position = event.position;
  }
}
