import type { DataSource } from 'typeorm';

/** What an operator wants to know of a tenant, beside what its streams and balances say. */
export interface TenantDetails {
  readonly keys: { readonly active: number; readonly total: number };
  /** Null while the account is not frozen. */
  readonly frozenSince: Date | null;
  /** When it last asked for anything; null when it never did. */
  readonly lastActivityAt: Date | null;
}

const DETAILS = `
  select
    (select count(*)::int from read_models.api_keys where tenant_id = $1) as total,
    (select count(*)::int from read_models.api_keys
      where tenant_id = $1 and revoked_at is null and (valid_until is null or valid_until > $2)) as active,
    (select entries.happened_at from ledger.token_accounts as account
      cross join lateral (
        select happened_at from ledger.entries
        where tenant_id = $1 and type = 'AccountFrozen' order by revision desc limit 1
      ) as entries
      where account.tenant_id = $1 and account.frozen is not null) as "frozenSince",
    (select created_at from read_models.generations
      where tenant_id = $1 and not erased order by created_at desc, id desc limit 1) as "lastActivityAt"`;

export async function tenantDetails(
  dataSource: DataSource,
  tenantId: string,
  now: Date,
): Promise<TenantDetails> {
  const [row] = await dataSource.query<(TenantDetails['keys'] & Omit<TenantDetails, 'keys'>)[]>(
    DETAILS,
    [tenantId, now],
  );
  const { active, total, ...times } = row!;
  return { keys: { active, total }, ...times };
}
