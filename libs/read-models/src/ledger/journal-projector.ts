import type { Projector, SqlTransaction } from '@imprest/application';
import { Books, type LedgerFact, ledgerFact } from './books.js';
import { balances, entries, lots, tokenAccounts } from './ledger-tables.js';

export const JOURNAL = 'journal';
export const JOURNAL_CATEGORIES = ['tokenAccount'] as const;

/** Holds that were closed leave no row behind; an account of any other kind keeps its own at zero. */
const ADD_TO_BALANCES = `
  with change as (
    select * from unnest($1::text[], $2::text[], $3::bigint[]) as given (tenant_id, account, tokens)
  ), closed as (
    delete from ${balances.name} as balance using change
    where balance.tenant_id = change.tenant_id and balance.account = change.account
      and balance.account like 'held:%' and balance.tokens + change.tokens = 0
    returning balance.tenant_id, balance.account
  )
  insert into ${balances.name} (tenant_id, account, tokens)
  select * from change
  where not exists (
    select from closed
    where closed.tenant_id = change.tenant_id and closed.account = change.account
  )
  on conflict (tenant_id, account) do update set tokens = balances.tokens + excluded.tokens`;

async function open(sql: SqlTransaction, facts: readonly LedgerFact[]): Promise<Books> {
  const books = new Books();
  const tenantIds = new Set(facts.map(({ tenantId }) => tenantId));
  const known = await tokenAccounts.load(
    sql,
    [...tenantIds].map((tenantId) => ({ tenantId })),
  );
  for (const account of known) books.accounts.set(account.tenantId, account);
  const named = new Map<string, { tenantId: string; lotId: string }>();
  for (const { tenantId, movements } of facts) {
    for (const { lotId } of movements) named.set(`${tenantId}\n${lotId}`, { tenantId, lotId });
  }
  for (const lot of await lots.load(sql, [...named.values()])) books.addLot(lot);
  return books;
}

async function addToBalances(sql: SqlTransaction, books: Books): Promise<void> {
  const [tenantIds, accounts, tokens]: [string[], string[], bigint[]] = [[], [], []];
  for (const [tenantId, changes] of books.balances) {
    for (const [account, change] of changes) {
      tenantIds.push(tenantId);
      accounts.push(account);
      tokens.push(change);
    }
  }
  if (tokens.length > 0) await sql.query(ADD_TO_BALANCES, [tenantIds, accounts, tokens]);
}

/** The double-entry books: every fact of a token account as an entry, and where that leaves its accounts and lots. */
export const journalProjector: Projector = {
  kind: 'projector',
  name: JOURNAL,
  categories: JOURNAL_CATEGORIES,
  batchSize: 2_000,
  minimumIntervalMs: 20,
  async project(events, sql) {
    const facts = events.map(ledgerFact);
    const books = await open(sql, facts);
    const entered = facts.flatMap((fact) => books.enter(fact) ?? []);
    await entries.insert(sql, entered);
    await lots.upsert(sql, books.allLots());
    await tokenAccounts.upsert(sql, [...books.accounts.values()]);
    await addToBalances(sql, books);
  },
};
