import { setImmediate as immediate } from 'node:timers/promises';
import {
  EventStoreUnavailable,
  type ReadAllOptions,
  type ReadStreamOptions,
} from '@imprest/application';
import type { RecordedEvent, StoredEvent } from '@imprest/event-catalogue';
import { copyRows } from '@imprest/postgres-copy';
import pg from 'pg';
import { type ConnectionOptions, clientConfig } from '../connection/session.js';
import { CopiedEvent, storedRange } from './copied-event.js';
import { EVENT_COLUMNS, positionOf, toRecordedEvents, type WireRow } from './recorded-event-row.js';
import { queryRows, type RowStatement } from './row-query.js';
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

const SELECT = `select ${EVENT_COLUMNS} from event_store.events`;
const HEAD = 'select coalesce(max(position), 0) from event_store.events';
const FORWARDS = `${SELECT} where stream = $1 and revision >= $2 order by revision limit $3`;
const BACKWARDS = `${SELECT} where stream = $1 and revision <= $2 order by revision desc limit $3`;
const RANGE = `${SELECT} where position > $1 and position <= $2 order by position limit $3`;
const FILTERED_RANGE = `${SELECT} where position > $1 and position <= $2
  and split_part(stream, '-', 1) = any($4) order by position limit $3`;

/**
 * Plans of prepared statements are cached, and a plan made for a small table scans a large one.
 * Every query here is a walk along an index.
 */
const PREPARE_READER =
  'set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_bitmapscan = off';

async function prepareReader(client: pg.ClientBase): Promise<void> {
  // The pool listens on idle clients only; on one at work an error without a listener ends the process.
  client.on('error', () => undefined);
  await client.query(PREPARE_READER);
}

/** Reads through a small pool: each page is one short query, nothing is held between pages. */
export class EventReader {
  private readonly pool: pg.Pool;

  constructor(
    private readonly options: ConnectionOptions,
    connections: number,
  ) {
    const prepare = { onConnect: prepareReader };
    this.pool = new pg.Pool({ ...clientConfig(options), ...prepare, max: connections });
    // An idle connection that breaks is replaced at the next read.
    this.pool.on('error', () => undefined);
  }

  async head(): Promise<bigint> {
    const rows = await this.query({ name: 'event_store.head', text: HEAD, values: [] });
    return positionOf(rows[0] as WireRow);
  }

  async *readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const backwards = options.direction === 'backwards';
    const name = backwards ? 'event_store.backwards' : 'event_store.forwards';
    const text = backwards ? BACKWARDS : FORWARDS;
    let revision = options.fromRevision ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
    let left = options.maxCount ?? Number.POSITIVE_INFINITY;
    while (left > 0) {
      const limit = Math.min(left, STREAM_PAGE);
      const rows = await this.query({ name, text, values: [stream, revision, limit] });
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
    const { after, categories, pageSize: limit = STORE_PAGE } = options;
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
      if (finished) return;
    }
  }

  /** One statement for all of it: an audit reads everything there is, and nobody waits for a page. */
  async *readStored(options: ReadAllOptions): AsyncGenerator<readonly StoredEvent[]> {
    const head = await this.head();
    const upTo = options.upTo !== undefined && options.upTo < head ? options.upTo : head;
    const { after, categories, pageSize = STORE_PAGE } = options;
    if (after >= upTo) return;
    const client = await this.pool.connect();
    let finished = false;
    const watch = new StallWatch(client, this.options.answerTimeoutMs);
    try {
      for await (const rows of copyRows(client, storedRange(after, upTo, categories))) {
        watch.pause();
        for (let at = 0; at < rows.length; at += pageSize) {
          // Lets what came meanwhile be read, and others have their turn.
          if (at > 0) await immediate();
          yield rows.slice(at, at + pageSize).map((row) => new CopiedEvent(row));
        }
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

  async readRange({ after, upTo, categories, limit }: StoreRange): Promise<StorePage> {
    const filtered = categories !== undefined;
    const end = filtered && upTo - after > FILTER_WINDOW ? after + FILTER_WINDOW : upTo;
    const rows = await this.query(
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
    await this.pool.end();
  }

  /** @throws EventStoreUnavailable */
  private async query(statement: RowStatement): Promise<readonly WireRow[]> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.pool.connect();
      const rows = await this.inTime(client, queryRows(client, statement));
      client.release();
      return rows;
    } catch (error) {
      client?.release(true);
      const reason = error instanceof Error ? error.message : String(error);
      throw new EventStoreUnavailable(`the event store did not answer: ${reason}`, {
        cause: error,
      });
    }
  }
  /**
   * Cuts the connection of an answer that does not come. The driver's own time-out would keep each
   * page from being collected while it is young, which costs a third of the replay rate.
   */
  private async inTime<T>(client: pg.ClientBase, answer: Promise<T>): Promise<T> {
    const { connection } = client as pg.Client;
    const cut = () => connection.stream.destroy();
    const deadline = setTimeout(cut, this.options.answerTimeoutMs);
    try {
      return await answer;
    } finally {
      clearTimeout(deadline);
    }
  }
}
