import { setImmediate as immediate } from 'node:timers/promises';
import {
  EventStoreUnavailable,
  type ReadAllOptions,
  type ReadStreamOptions,
} from '@imprest/application';
import type { RecordedEvent, StoredEvent } from '@imprest/event-catalogue';
import { copyRows } from '@imprest/postgres-copy';
import type { ClientBase } from 'pg';
import type { ConnectionOptions } from '../connection/session.js';
import { CopiedEvent, storedRange } from './copied-event.js';
import { type FirstPage, FirstPages } from './first-pages.js';
import { ReadConnections } from './read-connections.js';
import { EVENT_COLUMNS, positionOf, toRecordedEvents, type WireRow } from './recorded-event-row.js';
import type { RowStatement } from './row-query.js';
import { StallWatch } from './stall-watch.js';

export interface StoreRange {
  /** Exclusive. */
  readonly after: bigint;
  /** Inclusive. */
  readonly upTo: bigint;
  readonly categories?: readonly string[];
  readonly limit: number;
}

export interface StorePage {
  readonly rows: readonly WireRow[];
  /** Everything up to here was looked at. */
  readonly position: bigint;
}

const STREAM_PAGE = 500;
/** Larger pages outlive the young generation and then cost more in garbage collection than they save. */
const STORE_PAGE = 1_000;
/** Positions one filtered query looks at: bounds its time when hardly anything passes the filter. */
const FILTER_WINDOW = 50_000n;
/** Positions one COPY takes: the snapshot of a statement keeps everything else from being vacuumed while it runs. */
const COPY_WINDOW = 500_000n;

const SELECT = `select ${EVENT_COLUMNS} from event_store.events`;
const HEAD = 'select coalesce(max(position), 0) from event_store.events';
const FORWARDS = {
  name: 'event_store.forwards',
  text: `${SELECT} where stream = $1 and revision >= $2 order by revision limit $3`,
};
const BACKWARDS = {
  name: 'event_store.backwards',
  text: `${SELECT} where stream = $1 and revision <= $2 order by revision desc limit $3`,
};
const RANGE = `${SELECT} where position > $1 and position <= $2 order by position limit $3`;
const FILTERED_RANGE = `${SELECT} where position > $1 and position <= $2
  and split_part(stream, '-', 1) = any($4) order by position limit $3`;

/** Reads through a small pool: each page is one short query, nothing is held between pages. */
export class EventReader {
  private readonly connections: ReadConnections;
  private readonly firstPages = new FirstPages(
    (statement) => this.connections.query(statement),
    (stream, fromRevision) => this.page(FORWARDS, [stream, fromRevision, STREAM_PAGE]),
  );

  constructor(
    options: ConnectionOptions,
    connections: number,
    private readonly copyWindow = COPY_WINDOW,
  ) {
    this.connections = new ReadConnections(options, connections);
  }

  async head(): Promise<bigint> {
    const rows = await this.connections.query({ name: 'event_store.head', text: HEAD, values: [] });
    return positionOf(rows[0] as WireRow);
  }

  async *readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const { direction, fromRevision, maxCount } = options;
    const backwards = direction === 'backwards';
    let revision = fromRevision ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
    let left = maxCount ?? Number.POSITIVE_INFINITY;
    let next =
      backwards || maxCount !== undefined ? undefined : this.firstPages.read(stream, revision);
    while (left > 0) {
      const most = Math.min(left, STREAM_PAGE);
      const page = next ?? this.page(backwards ? BACKWARDS : FORWARDS, [stream, revision, most]);
      const { rows, limit } = await page;
      next = undefined;
      const events = toRecordedEvents(rows);
      const last = events.at(-1);
      if (last === undefined) return;
      yield events;
      if (events.length < limit) return;
      left -= events.length;
      revision = last.revision + (backwards ? -1 : 1);
    }
  }

  async *readAll(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    const { after, categories, pageSize: limit = STORE_PAGE, onLook } = options;
    const head = await this.head();
    const upTo = options.upTo !== undefined && options.upTo < head ? options.upTo : head;
    const read = (from: bigint) => this.readRange({ after: from, upTo, categories, limit });
    if (after >= upTo) return;
    let next = read(after);
    for (;;) {
      const page = await next;
      const finished = page.position >= upTo;
      if (!finished) {
        // The server works on the next page while this one is parsed and consumed.
        next = read(page.position);
        next.catch(() => undefined);
        // Lets the request leave before this page keeps the thread busy.
        await immediate();
      }
      if (page.rows.length > 0) yield toRecordedEvents(page.rows);
      if (finished || onLook?.(page.position) === false) return;
    }
  }

  /** Few statements for all of it: an audit reads everything there is, and nobody waits for a page. */
  async *readStored(options: ReadAllOptions): AsyncGenerator<readonly StoredEvent[]> {
    const head = await this.head();
    const upTo = options.upTo !== undefined && options.upTo < head ? options.upTo : head;
    const { after, categories, pageSize = STORE_PAGE } = options;
    if (after >= upTo) return;
    const client = await this.connections.connect();
    let finished = false;
    const watch = new StallWatch(client, this.connections.options.answerTimeoutMs);
    try {
      const range = { after, upTo, categories, limit: pageSize };
      for await (const rows of this.copied(client, range)) {
        watch.pause();
        yield rows.map((row) => new CopiedEvent(row));
        // Lets what came meanwhile be read, and others have their turn.
        await immediate();
        watch.resume();
      }
      finished = true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new EventStoreUnavailable(`the event store did not answer: ${reason}`, {
        cause: error,
      });
    } finally {
      watch.pause();
      client.release(!finished);
    }
  }

  private async *copied(
    client: ClientBase,
    { after, upTo, categories, limit }: StoreRange,
  ): AsyncGenerator<readonly Buffer[]> {
    for (let from = after; from < upTo; from += this.copyWindow) {
      const end = from + this.copyWindow;
      const query = storedRange(from, end < upTo ? end : upTo, categories);
      yield* copyRows(client, query, limit);
    }
  }

  async readRange({ after, upTo, categories, limit }: StoreRange): Promise<StorePage> {
    const filtered = categories !== undefined;
    const end = filtered && upTo - after > FILTER_WINDOW ? after + FILTER_WINDOW : upTo;
    const rows = await this.connections.query(
      filtered
        ? {
            name: 'event_store.filtered_range',
            text: FILTERED_RANGE,
            values: [after, end, limit, categories],
          }
        : { name: 'event_store.range', text: RANGE, values: [after, end, limit] },
    );
    const last = rows.at(-1);
    const more = rows.length === limit && last !== undefined;
    return { rows, position: more ? positionOf(last) : end };
  }

  async close(): Promise<void> {
    await this.connections.close();
  }

  private async page(
    statement: Omit<RowStatement, 'values'>,
    values: [stream: string, revision: number, limit: number],
  ): Promise<FirstPage> {
    return { rows: await this.connections.query({ ...statement, values }), limit: values[2] };
  }
}
