import type { DataSource } from 'typeorm';

const TENANTS = `
  select distinct tenant_id from ledger.lots
  where kind = 'promotional' and expires_at <= $1 and available > 0
  order by tenant_id limit $2`;

/**
 * Tenants with a lot whose time has come and whose expiry is not booked yet. Reads every lot that ever
 * had an end and reached it, and no other.
 */
export async function tenantsWithExpiredLots(
  dataSource: DataSource,
  now: Date,
  limit: number,
): Promise<readonly string[]> {
  const rows = await dataSource.query<{ tenant_id: string }[]>(TENANTS, [now, limit]);
  return rows.map(({ tenant_id }) => tenant_id);
}
