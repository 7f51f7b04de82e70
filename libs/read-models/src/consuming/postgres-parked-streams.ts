import type {
  ParkedCount,
  ParkedFilter,
  ParkedPage,
  ParkedRequest,
  ParkedStream,
  ParkedStreams,
} from '@imprest/application';
import type { PoolClient } from 'pg';
import { assertLimit, pageOf } from '../queries/cursor.js';
import { type Order, placeIn, placeParts, Sorting, time } from '../queries/sorting.js';
import { type Connection, type OpenConnection, openConnection } from '../sql/connection.js';
import { inTransaction } from './in-transaction.js';
import { COUNT_PARKED } from './inbox.js';

const COLUMNS = `id, consumer, kind, stream, revision, event_id, event_type, reason, attempts, parked_at,
  released, requested_action, requested_revision, requested_reason, requested_by, requested_at`;
const TABLE = 'read_models.parked_streams';
/** The consumer's row is taken first, as by everyone who writes here. */
const hold = (consumer: string) => (client: PoolClient) =>
  `
  insert into read_models.checkpoints (consumer, position) values (${client.escapeLiteral(consumer)}, 0)
  on conflict (consumer) do update set parked = checkpoints.parked`;
const PARK = `
  insert into ${TABLE} as known
    (id, consumer, kind, stream, revision, event_id, event_type, reason, attempts, parked_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (consumer, stream) do update set
    revision = excluded.revision, event_id = excluded.event_id, event_type = excluded.event_type,
    reason = excluded.reason, attempts = known.attempts + excluded.attempts,
    released = false, requested_action = null, requested_revision = null, requested_reason = null,
    requested_by = null, requested_at = null`;
const REMOVE = `delete from ${TABLE} where consumer = $1 and stream = $2 and released`;
const REQUEST = `
  update ${TABLE} set requested_action = $3, requested_revision = $2, requested_reason = $4,
    requested_by = $5, requested_at = $6
  where id = $1 and revision = $2 and requested_action is null`;
const orders = new Sorting({ parkedAt: time('parkedAt') }, '-parkedAt');
const listed = ({ direction }: Order) => `
  select ${COLUMNS} from ${TABLE}
  where ($1::text is null or consumer = $1)
    and ($2::timestamptz is null or (parked_at, id) ${direction === 'DESC' ? '<' : '>'} ($2, $3))
  order by parked_at ${direction}, id ${direction} limit $4`;
const COUNTS = `
  select consumer, count(*) filter (where not released)::int as parked,
    count(requested_action)::int as requested
  from ${TABLE} group by consumer order by consumer`;

interface Row {
  readonly id: string;
  readonly consumer: string;
  readonly kind: ParkedStream['kind'];
  readonly stream: string;
  readonly revision: number;
  readonly event_id: string;
  readonly event_type: string;
  readonly reason: string;
  readonly attempts: number;
  readonly parked_at: Date;
  readonly released: boolean;
  readonly requested_action: ParkedRequest['action'] | null;
  readonly requested_revision: number;
  readonly requested_reason: string;
  readonly requested_by: string;
  readonly requested_at: Date;
}

const CONNECTIONS = 2;

/** Streams whose events wait. How many a consumer has is kept in its own row, which every batch reads anyway. */
export class PostgresParkedStreams implements ParkedStreams {
  private readonly connection: OpenConnection;

  constructor(connection: Connection) {
    this.connection = openConnection(connection, CONNECTIONS);
  }

  async park(parked: Omit<ParkedStream, 'request' | 'released'>): Promise<void> {
    const { id, consumer, kind, stream, revision, eventId, eventType } = parked;
    const reason = parked.reason.replaceAll('\0', '\uFFFD');
    const why = [reason, parked.attempts, parked.parkedAt];
    await this.holding(consumer, (client) =>
      client.query(PARK, [id, consumer, kind, stream, revision, eventId, eventType, ...why]),
    );
  }

  async remove(consumer: string, stream: string): Promise<void> {
    await this.connection.pool.query(REMOVE, [consumer, stream]);
  }

  async find(id: string): Promise<ParkedStream | undefined> {
    const { pool } = this.connection;
    const { rows } = await pool.query<Row>(`select ${COLUMNS} from ${TABLE} where id = $1`, [id]);
    return rows[0] === undefined ? undefined : parkedStream(rows[0]);
  }

  async list({ consumer, sort, cursor, limit }: ParkedFilter): Promise<ParkedPage> {
    assertLimit(limit);
    const order = orders.order(sort);
    const after = cursor === undefined ? undefined : placeIn(cursor, order);
    const values = [consumer ?? null, after?.value ?? null, after?.id ?? null, limit + 1];
    const { rows } = await this.connection.pool.query<Row>(listed(order), values);
    return pageOf(rows, limit, parkedStream, ({ parked_at, id }) =>
      placeParts(order, parked_at, id),
    );
  }

  async of(consumer: string): Promise<readonly ParkedStream[]> {
    const sql = `select ${COLUMNS} from ${TABLE} where consumer = $1 order by parked_at, id`;
    const { rows } = await this.connection.pool.query<Row>(sql, [consumer]);
    return rows.map(parkedStream);
  }

  async request(id: string, { action, revision, reason, by, at }: ParkedRequest): Promise<boolean> {
    const { pool } = this.connection;
    const { rowCount } = await pool.query(REQUEST, [id, revision, action, reason, by, at]);
    return rowCount === 1;
  }

  async counts(): Promise<readonly ParkedCount[]> {
    return (await this.connection.pool.query<ParkedCount>(COUNTS)).rows;
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async holding(consumer: string, change: (client: PoolClient) => Promise<unknown>) {
    await inTransaction(this.connection.pool, hold(consumer), async (client) => {
      await change(client);
      await client.query(COUNT_PARKED, [consumer]);
    });
  }
}

function parkedStream(row: Row): ParkedStream {
  const { id, consumer, kind, stream, revision, reason, attempts, released } = row;
  const event = { eventId: row.event_id, eventType: row.event_type };
  const { requested_action: action } = row;
  const request = action === null ? null : { action, ...requestOf(row) };
  const what = { id, consumer, kind, stream, revision, ...event };
  return { ...what, reason, attempts, parkedAt: row.parked_at, released, request };
}

function requestOf(row: Row): Omit<ParkedRequest, 'action'> {
  return {
    revision: row.requested_revision,
    reason: row.requested_reason,
    by: row.requested_by,
    at: row.requested_at,
  };
}
