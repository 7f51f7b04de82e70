import type { SqlTransaction } from '@imprest/application';
import type { TenantEventGenerationRow, TenantEventRow } from '../entities/index.js';
import type { TablesOf } from '../projections/table-projector.js';

export type FeedTables = TablesOf<{
  events: typeof TenantEventRow;
  generations: typeof TenantEventGenerationRow;
}>;

/** Event id, tenant, type, subject, time. */
export type ToldRow = readonly [
  eventId: string,
  tenant: string,
  type: string,
  subject: string,
  at: string,
];

const NEXT = `nextval('read_models.tenant_events_seq')`;
const KEPT_SINCE = '(select since from read_models.tenant_events_kept)';

/**
 * Gives the next numbers, in the order of the rows; an event that another feed has told keeps the number it has there.
 * @param live of which these are a copy; they themselves when they are the live ones
 */
export async function tell(
  sql: SqlTransaction,
  { events: own }: FeedTables,
  { events: live }: FeedTables,
  rows: readonly ToldRow[],
): Promise<void> {
  const known = `(select seq from ${live.name} as live where live.event_id = told.event_id)`;
  const number = own.name === live.name ? NEXT : `coalesce(${known}, ${NEXT})`;
  const statement = `
    insert into ${own.name} (seq, event_id, tenant_id, type, subject_id, occurred_at)
    select ${number}, event_id, tenant_id, type, subject_id, occurred_at
    from (
      select event_id, tenant_id, type, subject_id, occurred_at
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
        with ordinality as given (event_id, tenant_id, type, subject_id, occurred_at, place)
      where occurred_at >= ${KEPT_SINCE}
      order by place
    ) as told
    on conflict (event_id) do nothing`;
  const columns = rows[0]?.map((_, column) => rows.map((row) => row[column]));
  if (columns !== undefined) await sql.query(statement, columns);
}

/**
 * Before a copy takes the place of the live feed, while nothing is told there: what was told keeps its number, so every
 * cursor that was given out stands where it stood. What was not told comes behind all that was, or a reader who is
 * further already would miss it. What was swept stays so.
 */
export async function keepNumbers(
  sql: SqlTransaction,
  { events: own }: FeedTables,
  { events: live }: FeedTables,
): Promise<void> {
  await sql.query(`delete from ${own.name} where occurred_at < ${KEPT_SINCE}`);
  await sql.query(`
    update ${own.name} as own set seq = live.seq from ${live.name} as live
    where live.event_id = own.event_id and live.seq <> own.seq`);
  await sql.query(`
    update ${own.name} as own set seq = behind.number
    from (
      select event_id, ${NEXT} as number from (
        select event_id from ${own.name} as own
        where not exists (select from ${live.name} as live where live.event_id = own.event_id)
        order by seq
      ) as untold
    ) as behind
    where behind.event_id = own.event_id`);
}
