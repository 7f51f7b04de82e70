import { InvalidCursor } from '@imprest/application';
import type { WebhookEventName } from '@imprest/domain';
import type { DataSource } from 'typeorm';
import { assertLimit, decodeCursor, encodeCursor } from '../queries/cursor.js';

export interface FeedEntry {
  /** Of the event in the store: the same however often it is read. */
  readonly eventId: string;
  readonly type: WebhookEventName;
  /** Of the generation or the endpoint, or the number of the crossing. */
  readonly subjectId: string;
  readonly occurredAt: Date;
  /** Of a page that begins after it. */
  readonly cursor: string;
}

export interface FeedRequest {
  readonly tenantId: string;
  /** As a page before gave it out; from the oldest event kept when absent. */
  readonly after?: string;
  /** All when absent. */
  readonly types?: readonly WebhookEventName[];
  /** 1 to 1,000. */
  readonly limit: number;
}

export interface FeedPage {
  readonly entries: readonly FeedEntry[];
  /** Where the next page begins, also when there is none yet. */
  readonly cursor: string;
  /** Whether more was there already. */
  readonly more: boolean;
}

interface Row extends Omit<FeedEntry, 'cursor'> {
  readonly seq: string;
}

const PAGE = `
  select seq::text, event_id as "eventId", type, subject_id as "subjectId", occurred_at as "occurredAt"
  from read_models.tenant_events
  where tenant_id = $1 and seq > $2 and ($3::text[] is null or type = any($3))
  order by seq limit $4`;
/** A feed that is made again has nothing of before either. */
const SWEEP = `
  with kept as (update read_models.tenant_events_kept set since = greatest(since, $1::timestamptz))
  delete from read_models.tenant_events where seq in (
    select seq from (select seq, occurred_at from read_models.tenant_events order by seq limit $2) as oldest
    where occurred_at < $1)`;
const BEGINNING = '0';

/** What has happened to a tenant, in an order that stands still below every cursor given out. */
export class EventFeed {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws InvalidCursor, RangeError */
  async page({ tenantId, after, types, limit }: FeedRequest): Promise<FeedPage> {
    assertLimit(limit);
    const from = after === undefined ? BEGINNING : numberOf(after);
    const parameters = [tenantId, from, types ?? null, limit + 1];
    const rows: Row[] = await this.dataSource.query(PAGE, parameters);
    const shown = rows.slice(0, limit);
    return {
      entries: shown.map(({ seq, ...entry }) => ({ ...entry, cursor: encodeCursor([seq]) })),
      cursor: encodeCursor([shown.at(-1)?.seq ?? from]),
      more: rows.length > limit,
    };
  }

  /** Changes whenever something was told to anybody. */
  async newest(): Promise<string> {
    const [row] = await this.dataSource.query(
      'select coalesce(max(seq), 0)::text as newest from read_models.tenant_events',
    );
    return row.newest;
  }

  /** Cursor of what comes from now on. */
  async end(): Promise<string> {
    return encodeCursor([await this.newest()]);
  }

  /** Forgets the oldest events from before a time. @returns how many of at most `limit` */
  async sweep(before: Date, limit: number): Promise<number> {
    assertLimit(limit);
    const [, swept]: [unknown, number] = await this.dataSource.query(SWEEP, [before, limit]);
    return swept;
  }
}

/** @throws InvalidCursor */
function numberOf(cursor: string): string {
  const [seq] = decodeCursor(cursor, 1) as [string];
  if (!/^\d{1,18}$/.test(seq)) throw new InvalidCursor();
  return seq;
}
