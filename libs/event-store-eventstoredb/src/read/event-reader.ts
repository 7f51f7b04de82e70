import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  EventStoreUnavailable,
  type ReadAllOptions,
  type ReadStreamOptions,
  START_OF_STORE,
} from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import type { Connection } from '../connection/connection.js';
import { unavailable } from '../connection/describe-error.js';
import { IncomingMessages } from './incoming-messages.js';
import { headRequest, storeRequest, streamRequest } from './read-request.js';
import { RecordedEventDecoder } from './recorded-event.js';

const STREAM_PAGE = 500;
const STORE_PAGE = 1_000;

type StoredEvent = ReadResp.ReadEvent.RecordedEvent;

/** Each read is one call that the server fills as fast as its pages are taken. */
export class EventReader {
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
      yield page.map((stored) => decoder.decode(stored));
    }
  }

  async *readAll(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    const { after, categories, pageSize = STORE_PAGE } = options;
    const upTo = options.upTo ?? (await this.head());
    if (after >= upTo) return;
    const request = storeRequest({
      from: after,
      categories,
      maxCount: Number.POSITIVE_INFINITY,
    });
    const decoder = new RecordedEventDecoder();
    for await (const page of this.pages(request, pageSize)) {
      const isLast = positionOf(page[page.length - 1] as StoredEvent) >= upTo;
      const wanted = page.filter((stored) => {
        const position = positionOf(stored);
        return position > after && position <= upTo;
      });
      if (wanted.length > 0) yield wanted.map((stored) => decoder.decode(stored));
      if (isLast) return;
    }
  }

  /** Of the last event of the store, the server's own events included. */
  async head(): Promise<bigint> {
    const last = await this.first(headRequest(), () => true);
    return last === undefined ? START_OF_STORE : positionOf(last);
  }

  /** Position of the first event of the categories after a position; undefined when there is none yet. */
  async firstAfter(
    after: bigint,
    categories: readonly string[] | undefined,
  ): Promise<bigint | undefined> {
    // The event at the position itself may come first.
    const request = storeRequest({ from: after, categories, maxCount: 2 });
    const found = await this.first(request, (stored) => positionOf(stored) > after);
    return found === undefined ? undefined : positionOf(found);
  }

  /** @throws EventStoreUnavailable also when the event is not there */
  async positionOf(stream: string, revision: number): Promise<bigint> {
    const read = { stream, fromRevision: revision, maxCount: 1, backwards: false };
    const found = await this.first(streamRequest(read), () => true);
    if (found === undefined) {
      throw new EventStoreUnavailable(`event ${revision} of ${stream} is not readable yet`);
    }
    return positionOf(found);
  }

  private async first(
    request: ReadReq,
    wanted: (stored: StoredEvent) => boolean,
  ): Promise<StoredEvent | undefined> {
    for await (const page of this.pages(request, 2)) {
      const found = page.find(wanted);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** @throws EventStoreUnavailable */
  private async *pages(request: ReadReq, size: number): AsyncGenerator<StoredEvent[]> {
    let incoming: IncomingMessages | undefined;
    try {
      incoming = new IncomingMessages(await this.connection.openRead(request), 2 * size);
      const { queue } = incoming;
      while (!incoming.isOver) {
        await incoming.require(() => queue.length >= size, this.answerTimeoutMs);
        const page = eventsOf(queue.splice(0, size));
        incoming.resume();
        if (page.length > 0) yield page;
      }
    } catch (error) {
      throw unavailable(error);
    } finally {
      incoming?.cancel();
    }
  }
}

function positionOf(stored: StoredEvent): bigint {
  return BigInt(stored.getCommitPosition());
}

/** Other messages tell that there is no such stream, or where it begins and ends. */
function eventsOf(messages: readonly ReadResp[]): StoredEvent[] {
  const events: StoredEvent[] = [];
  for (const message of messages) {
    const event = message.getEvent()?.getEvent();
    if (event !== undefined) events.push(event);
  }
  return events;
}
