import { EVENT_STORE, type EventStore, idOfUuid, searchEvents } from '@imprest/application';
import { streamId } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import { WEBHOOK_ENDPOINT_ID } from '../../http/id-patterns.js';
import { EventBrowser, LONGEST_MS } from '../events/index.js';
import { type FoundAnywhere, streamPath } from './found-anywhere.js';
import { RowFinder } from './row-finder.js';
import { StreamFinder } from './stream-finder.js';

const KEY = /^imp_(?:live|test)_([0-9A-Za-z]{12})/;
const STREAM = /^[a-z][A-Za-z]{0,40}-[\x20-\x7e]{1,200}$/;
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Says what an id is the id of, whoever's, and where to look. */
@Injectable()
export class Anything {
  constructor(
    private readonly streams: StreamFinder,
    private readonly rows: RowFinder,
    private readonly browser: EventBrowser,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async find(text: string): Promise<readonly FoundAnywhere[]> {
    // Of a key that was pasted whole no more is looked at, or answered, than what tells keys apart.
    const id = KEY.exec(text)?.[1] ?? idOfUuid('req', text) ?? text;
    const found = await Promise.all([
      this.streams.find(id),
      this.rows.find(id),
      WEBHOOK_ENDPOINT_ID.test(id) ? this.endpoint(id) : [],
      this.events(text),
    ]);
    const known = found.flat();
    return known.length === 0 && REQUEST_ID.test(text) ? this.request(text) : known;
  }

  private async events(text: string): Promise<readonly FoundAnywhere[]> {
    const event = await this.browser.find(text);
    if (event !== undefined) {
      const { eventId: id } = event;
      return [{ kind: 'event', id, tenantId: null, path: `/admin/v1/events/${id}` }];
    }
    if (!STREAM.test(text)) return [];
    for await (const [first] of this.store.readStream(text, { maxCount: 1 })) {
      if (first === undefined) break;
      return [{ kind: 'stream', id: text, tenantId: null, path: streamPath(text) }];
    }
    return [];
  }

  /** Endpoints are told of in the stream of their tenant; there are few such events. */
  private async endpoint(id: string): Promise<readonly FoundAnywhere[]> {
    const selection = { category: ['webhookEndpoint'], text: id };
    const signal = AbortSignal.timeout(LONGEST_MS);
    const { events } = await searchEvents(this.store, { selection, after: 0n, limit: 1, signal });
    return events.map(({ stream }) => ({
      ...{ kind: 'webhook_endpoint', id, tenantId: streamId(stream), path: streamPath(stream) },
    }));
  }

  /** Of the last day, as far as one look goes. */
  private async request(id: string): Promise<readonly FoundAnywhere[]> {
    const { events } = await this.browser.trace(id, undefined, undefined);
    if (events.length === 0) return [];
    return [{ kind: 'request', id, tenantId: null, path: `/admin/v1/traces/${id}` }];
  }
}
