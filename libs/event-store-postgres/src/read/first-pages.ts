import { EVENT_COLUMNS, type WireRow } from './recorded-event-row.js';
import type { RowStatement } from './row-query.js';

export interface FirstPage {
  readonly rows: readonly WireRow[];
  /** As many rows as the page could have had. */
  readonly limit: number;
}

interface Asked {
  readonly stream: string;
  readonly fromRevision: number;
  resolve(page: FirstPage): void;
  reject(error: unknown): void;
}

const MAX_STREAMS = 128;
/** Longer streams go on by themselves: bounds what one statement can bring. */
const SHARED_PAGE = 32;

const SHARED = `select ${EVENT_COLUMNS}, place
  from unnest(string_to_array($1, e'\\x1f'), $2::bigint[]) with ordinality as asked (name, from_revision, place)
  cross join lateral (
    select * from event_store.events where stream = name and revision >= from_revision
     order by revision limit ${SHARED_PAGE}) as found
  order by place, revision`;
const PLACE = 9;

const SEPARATOR = '\u001f';
/** One name that PostgreSQL refuses would be refused for all that are asked for with it. */
const SHAREABLE = /^[\x20-\x7e]+$/;

/**
 * Beginnings of streams. Those asked for in one turn of the event loop share a statement, which costs
 * both sides a fraction of a statement each. No timer: whoever asks alone waits for nobody.
 */
export class FirstPages {
  private asked: Asked[] = [];

  /** @param query runs one statement */
  constructor(
    private readonly query: (statement: RowStatement) => Promise<readonly WireRow[]>,
    private readonly alone: (stream: string, fromRevision: number) => Promise<FirstPage>,
  ) {}

  read(stream: string, fromRevision: number): Promise<FirstPage> {
    if (!SHAREABLE.test(stream) || !Number.isSafeInteger(fromRevision)) {
      return this.alone(stream, fromRevision);
    }
    return new Promise((resolve, reject) => {
      this.asked.push({ stream, fromRevision, resolve, reject });
      if (this.asked.length === 1) setImmediate(this.turn);
    });
  }

  private readonly turn = (): void => {
    const { asked } = this;
    this.asked = [];
    for (let at = 0; at < asked.length; at += MAX_STREAMS) {
      const group = asked.slice(at, at + MAX_STREAMS);
      this.answer(group).catch((error) => {
        for (const { reject } of group) reject(error);
      });
    }
  };

  private async answer(group: readonly Asked[]): Promise<void> {
    const [first] = group;
    if (first !== undefined && group.length === 1) {
      first.resolve(await this.alone(first.stream, first.fromRevision));
      return;
    }
    const values = [
      group.map(({ stream }) => stream).join(SEPARATOR),
      `{${group.map(({ fromRevision }) => fromRevision).join()}}`,
    ];
    const rows = await this.query({ name: 'event_store.first_pages', text: SHARED, values });
    let from = 0;
    for (const [index, { resolve }] of group.entries()) {
      let to = from;
      while (to < rows.length && Number(rows[to]?.[PLACE]) === index + 1) to += 1;
      resolve({ rows: rows.slice(from, to), limit: SHARED_PAGE });
      from = to;
    }
  }
}
