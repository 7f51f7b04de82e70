import type { Pool } from 'pg';

/** Permits of one counter that a process asks for. */
export interface LeaseRequest {
  readonly counter: string;
  /** Of a whole window. */
  readonly quota: number;
  /** At most the quota. */
  readonly wanted: number;
}

export interface Lease {
  /** 0 when the window has none left. */
  readonly granted: number;
  /** Permits of the window that nobody has leased. */
  readonly unleased: number;
  /** Unix time in milliseconds by the server's clock; tells windows apart. */
  readonly endsAtMs: number;
  readonly leftMs: number;
}

/**
 * The time of the statement is one for all its expressions, so a row is either of the window that goes on or of a
 * new one. Rows are locked in the order of their counters: two batches never wait for each other.
 */
const LEASE = `
  insert into rate_limits.windows as held (counter, ends_at, quota, used, granted)
  select counter, statement_timestamp() + $4::float8 * interval '1 millisecond', quota, wanted, wanted
  from unnest($1::text[], $2::bigint[], $3::bigint[]) as asked (counter, quota, wanted)
  order by counter
  on conflict (counter) do update set
    quota = excluded.quota,
    ends_at = case when held.ends_at <= statement_timestamp() then excluded.ends_at else held.ends_at end,
    used = case when held.ends_at <= statement_timestamp() then excluded.used
      else held.used + least(excluded.granted, greatest(excluded.quota - held.used, 0)) end,
    granted = case when held.ends_at <= statement_timestamp() then excluded.granted
      else least(excluded.granted, greatest(excluded.quota - held.used, 0)) end
  returning counter,
    granted::float8 as granted,
    greatest(quota - used, 0)::float8 as unleased,
    floor(extract(epoch from ends_at) * 1000)::float8 as "endsAtMs",
    (extract(epoch from ends_at - statement_timestamp()) * 1000)::float8 as "leftMs"`;

const FORGOTTEN_AFTER = '1 hour';
const FORGET = `
  delete from rate_limits.windows where counter in (
    select counter from rate_limits.windows
    where ends_at < statement_timestamp() - $1::interval
    limit 10000 for update skip locked
  )`;

export class LeaseTable {
  constructor(
    private readonly pool: Pool,
    private readonly windowMs: number,
  ) {}

  /** One statement for all; committed when resolved. Of one counter there is one request at most. */
  async lease(requests: readonly LeaseRequest[]): Promise<ReadonlyMap<string, Lease>> {
    const { rows } = await this.pool.query<Lease & { readonly counter: string }>(LEASE, [
      requests.map(({ counter }) => counter),
      requests.map(({ quota }) => quota),
      requests.map(({ wanted }) => wanted),
      this.windowMs,
    ]);
    return new Map(rows.map(({ counter, ...lease }) => [counter, lease]));
  }

  /** Drops counters that nobody has asked for in an hour. */
  async forget(): Promise<void> {
    await this.pool.query(FORGET, [FORGOTTEN_AFTER]);
  }
}
