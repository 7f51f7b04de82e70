import type { SqlTransaction } from '@imprest/application';
import type { ChainHead } from '@imprest/ledger-seal';

const HEADS = `
  select account.tenant_id, last.revision, last.leaf
  from ledger.token_accounts as account
  join ledger.entries as first on first.tenant_id = account.tenant_id and first.revision = 0
  cross join lateral (
    select revision, leaf from ledger.entries as entry
    where entry.tenant_id = account.tenant_id and entry.position <= $1
    order by entry.revision desc limit 1
  ) as last
  order by first.position`;

/** Where the chain of each account stood at a position, in the order accounts were opened. */
export async function chainHeads(
  sql: SqlTransaction,
  position: bigint,
): Promise<readonly ChainHead[]> {
  const rows = await sql.query<{ tenant_id: string; revision: number; leaf: Buffer }>(HEADS, [
    position,
  ]);
  return rows.map(({ tenant_id: tenantId, revision, leaf: head }) => ({
    tenantId,
    revision,
    head,
  }));
}
