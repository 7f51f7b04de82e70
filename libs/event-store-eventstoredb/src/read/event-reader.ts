import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  EventStoreUnavailable,
  type ReadAllOptions,
  type ReadStreamOptions,
  START_OF_STORE,
} from '@imprest/application';
import type { RecordedEvent, StoredEvent } from '@imprest/event-catalogue';
import type { Connection } from '../connection/connection.js';
import { unavailable } from '../connection/describe-error.js';
import { PositionMap } from '../positions/position-map.js';
import { IncomingMessages } from './incoming-messages.js';
import { headRequest, lastEventRequest, storeRequest, streamRequest } from './read-request.js';
import {
  type CopiedEvent,
  commitPosition,
  RecordedEventDecoder,
  type ServerEvent,
} from './recorded-event.js';
import { readToldRange } from './told-range.js';

const STREAM_PAGE = 500;
const STORE_PAGE = 1_000;
/** Of a read that is over with the first event that fits. */
const FIRST_PAGE = 16;
/**
 * While the server searches a large store for what passes a filter it says nothing; that it is there is
 * found out by keep-alive.
 */
const SEARCH_TIMEOUT_MS = 120_000;

/** Each read is one call that the server fills as fast as its pages are taken. */
export class EventReader {
  /** Of the events that came from another store. */
  positions = PositionMap.EMPTY;

  constructor(
    private readonly connection: Connection,
    private readonly answerTimeoutMs: number,
  ) {}

  async *readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const { fromRevision, maxCount = Number.POSITIVE_INFINITY, direction } = options;
    if (maxCount <= 0) return;
    const backwards = direction === 'backwards';
    const request = streamRequest({ stream, fromRevision, maxCount, backwards });
    const decoder = new RecordedEventDecoder();
    for await (const page of this.pages(request, Math.min(STREAM_PAGE, maxCount))) {
      yield page.map((event) => decoder.decode(event));
    }
  }

  async *readAll(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    const { after, categories, onLook, pageSize = STORE_PAGE } = options;
    if (onLook === undefined) {
      const decoder = new RecordedEventDecoder();
      yield* this.range(options, (event) => decoder.decode(event));
      return;
    }
    const head = await this.head();
    const upTo = options.upTo !== undefined && options.upTo < head ? options.upTo : head;
    const { connection, positions, answerTimeoutMs } = this;
    const firstAfter = this.firstAfter.bind(this);
    const services = { connection, positions, firstAfter, answerTimeoutMs };
    yield* readToldRange(services, { after, upTo, categories, pageSize, onLook });
  }

  async *readStored(options: ReadAllOptions): AsyncGenerator<readonly StoredEvent[]> {
    const decoder = new RecordedEventDecoder();
    yield* this.range(options, (event) => decoder.decodeStored(event));
  }

  /** Every event of the product, with where it is here. */
  async *readCopies(): AsyncGenerator<readonly CopiedEvent[]> {
    const decoder = new RecordedEventDecoder();
    const maxCount = Number.POSITIVE_INFINITY;
    const request = storeRequest({ from: START_OF_STORE, categories: undefined, maxCount });
    for await (const page of this.pages(request, STORE_PAGE)) {
      yield page.map((event) => decoder.decodeCopy(event));
    }
  }

  /** Of the last event of the store, the server's own events included. */
  async head(): Promise<bigint> {
    const last = await this.first(headRequest(), () => true);
    return last === undefined ? START_OF_STORE : this.positionOf(last);
  }

  /** The newest event of the product. */
  async last(): Promise<CopiedEvent | undefined> {
    const last = await this.first(lastEventRequest(), () => true);
    return last && new RecordedEventDecoder().decodeCopy(last);
  }

  /** Position of the first event of the categories after a position; undefined when there is none yet. */
  async firstAfter(
    after: bigint,
    categories: readonly string[] | undefined,
  ): Promise<bigint | undefined> {
    const maxCount = Number.POSITIVE_INFINITY;
    const from = this.positions.serverPosition(after);
    const request = storeRequest({ from, categories, maxCount });
    const found = await this.first(request, (event) => this.positionOf(event) > after);
    return found === undefined ? undefined : this.positionOf(found);
  }

  /** @throws EventStoreUnavailable also when the event is not there */
  async find(stream: string, revision: number): Promise<bigint> {
    const read = { stream, fromRevision: revision, maxCount: 1, backwards: false };
    const found = await this.first(streamRequest(read), () => true);
    if (found === undefined) {
      throw new EventStoreUnavailable(`event ${revision} of ${stream} is not readable yet`);
    }
    return this.positionOf(found);
  }

  private positionOf(event: ServerEvent): bigint {
    const commit = commitPosition(event);
    if (commit > this.positions.movedUpTo) return commit;
    return new RecordedEventDecoder().decodeStored(event).position;
  }

  private async *range<Event extends { readonly position: bigint }>(
    options: ReadAllOptions,
    decode: (event: ServerEvent) => Event,
  ): AsyncGenerator<readonly Event[]> {
    const { after, categories, pageSize = STORE_PAGE } = options;
    const upTo = options.upTo ?? (await this.head());
    if (after >= upTo) return;
    const from = this.positions.serverPosition(after);
    const maxCount = Number.POSITIVE_INFINITY;
    const request = storeRequest({ from, categories, maxCount });
    for await (const page of this.pages(request, pageSize, SEARCH_TIMEOUT_MS)) {
      const events = page.map(decode);
      const wanted = events.filter(({ position }) => position > after && position <= upTo);
      if (wanted.length > 0) yield wanted;
      if ((events.at(-1)?.position ?? 0n) >= upTo) return;
    }
  }

  private async first(
    request: ReadReq,
    wanted: (event: ServerEvent) => boolean,
  ): Promise<ServerEvent | undefined> {
    for await (const page of this.pages(request, FIRST_PAGE)) {
      const found = page.find(wanted);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** @throws EventStoreUnavailable */
  private async *pages(
    request: ReadReq,
    size: number,
    quietMs = this.answerTimeoutMs,
  ): AsyncGenerator<ServerEvent[]> {
    let incoming: IncomingMessages | undefined;
    try {
      incoming = new IncomingMessages(await this.connection.openRead(request), 2 * size);
      const { queue } = incoming;
      while (!incoming.isOver) {
        const enough = () => queue.length >= size || incoming?.isFull === true;
        await incoming.require(enough, quietMs);
        const page = eventsOf(incoming.take(size));
        if (page.length > 0) yield page;
      }
    } catch (error) {
      throw unavailable(error);
    } finally {
      incoming?.cancel();
    }
  }
}

/** Other messages tell that there is no such stream, or where it begins and ends. */
function eventsOf(messages: readonly ReadResp[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  for (const message of messages) {
    const event = message.getEvent()?.getEvent();
    if (event !== undefined) events.push(event);
  }
  return events;
}
