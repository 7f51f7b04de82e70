import type { CallOptions } from '../http/options.js';
import type { Transport } from '../http/transport.js';
import type { EventPage, ListEventsQuery } from '../openapi.js';

/** Something that webhooks tell of. */
export type FeedEvent = EventPage['events'][number];

/** Seconds that the API waits for an event: well within the time-out of a call. */
const WAIT_SECONDS = 25;

/** What webhooks tell, to be fetched instead. Every method may throw an ImprestError. */
export class Events {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** One page, the oldest first. `nextCursor` is where the next one begins. */
  list(query: ListEventsQuery = {}, { signal }: CallOptions = {}): Promise<EventPage> {
    return this.#transport.json({ method: 'GET', path: '/v1/events', query: { ...query }, signal });
  }

  /**
   * Pages as they come, for ever; none is empty. Store `nextCursor` once a page is processed and begin
   * there after a restart: each event is then processed at least once, and no more often than that.
   */
  async *iterate(
    query: ListEventsQuery = {},
    options: CallOptions = {},
  ): AsyncGenerator<EventPage> {
    for (let after = query.after; ; ) {
      const wait = query.wait ?? WAIT_SECONDS;
      const page = await this.list({ ...query, wait, ...(after && { after }) }, options);
      after = page.nextCursor;
      if (page.events.length > 0) yield page;
    }
  }
}
