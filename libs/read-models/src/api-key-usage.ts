import type { DataSource } from 'typeorm';

export interface KeyUse {
  readonly requests: number;
  /** Unix time in ms. */
  readonly lastUsedMs: number;
}

const ADD = `
  insert into read_models.api_key_usage (id, requests, last_used_at)
  select * from unnest($1::text[], $2::bigint[], $3::timestamptz[])
  where set_config('synchronous_commit', 'off', true) = 'off'
  on conflict (id) do update set
    requests = api_key_usage.requests + excluded.requests,
    last_used_at = greatest(api_key_usage.last_used_at, excluded.last_used_at)`;

/**
 * When a key was last used and how often. Not made from events: an event for every authenticated
 * request would cost more than the requests themselves, and nobody is owed these numbers. What is
 * lost in a crash is lost, and a rebuild leaves them alone.
 */
export class ApiKeyUsage {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds what one process counted since it last did; several may at once. */
  async record(uses: ReadonlyMap<string, KeyUse>): Promise<void> {
    if (uses.size === 0) return;
    // In one order everywhere, so that processes that record at once wait instead of deadlocking.
    const sorted = [...uses].sort(([a], [b]) => (a < b ? -1 : 1));
    await this.dataSource.query(ADD, [
      sorted.map(([id]) => id),
      sorted.map(([, { requests }]) => requests),
      sorted.map(([, { lastUsedMs }]) => new Date(lastUsedMs)),
    ]);
  }
}
