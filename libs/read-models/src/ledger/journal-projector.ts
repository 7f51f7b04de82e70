import type { SqlTransaction } from '@imprest/application';
import { accountFact, storedEvent } from '@imprest/event-catalogue';
import {
  LedgerBalanceRow,
  LedgerEntryRow,
  LedgerLotRow,
  LedgerTokenAccountRow,
} from '../entities/index.js';
import { type TablesOf, tableProjector } from '../projections/table-projector.js';
import { Books, type LedgerFact, ledgerFact, lotsNamed } from './books.js';

/** Everything the books are made of. */
export const journalRows = {
  entries: LedgerEntryRow,
  lots: LedgerLotRow,
  balances: LedgerBalanceRow,
  tokenAccounts: LedgerTokenAccountRow,
};
export type JournalTables = TablesOf<typeof journalRows>;

/** Holds that were closed leave no row behind; an account of any other kind keeps its own at zero. */
const addToBalances = (balances: string) => `
  with change as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
      as given (tenant_id, account, currency, tokens, minor_units)
  ), closed as (
    delete from ${balances} as balance using change
    where balance.tenant_id = change.tenant_id and balance.account = change.account
      and balance.currency = change.currency and balance.account like 'held:%'
      and balance.tokens + change.tokens = 0 and balance.minor_units + change.minor_units = 0
    returning balance.tenant_id, balance.account, balance.currency
  )
  insert into ${balances} as balance (tenant_id, account, currency, tokens, minor_units)
  select * from change
  where (tenant_id, account, currency) not in (select * from closed)
  on conflict (tenant_id, account, currency) do update
    set tokens = balance.tokens + excluded.tokens,
      minor_units = balance.minor_units + excluded.minor_units`;

async function open(
  sql: SqlTransaction,
  { tokenAccounts, lots }: JournalTables,
  facts: readonly LedgerFact[],
): Promise<Books> {
  const books = new Books();
  const tenantIds = [...new Set(facts.map(({ fact }) => fact.tenantId))];
  const accounts = await tokenAccounts.load(
    sql,
    tenantIds.map((tenantId) => ({ tenantId })),
  );
  for (const account of accounts) books.addAccount(account);
  for (const lot of await lots.load(sql, lotsNamed(facts))) books.addLot(lot);
  return books;
}

async function saveBalances(
  sql: SqlTransaction,
  { balances }: JournalTables,
  books: Books,
): Promise<void> {
  const changes = books.balanceRows();
  if (changes.length === 0) return;
  const column = (name: keyof LedgerBalanceRow) => changes.map((change) => change[name]);
  await sql.query(addToBalances(balances.name), [
    column('tenantId'),
    column('account'),
    column('currency'),
    column('tokens'),
    column('minorUnits'),
  ]);
}

/** The double-entry books: every fact of a token account as an entry, and where that leaves its accounts and lots. */
export const journalProjector = tableProjector({
  name: 'journal',
  categories: ['tokenAccount'],
  minimumIntervalMs: 20,
  rows: journalRows,
  async project(events, sql, tables) {
    const facts = events.map((event) => ledgerFact(storedEvent(event), accountFact(event)));
    const books = await open(sql, tables, facts);
    const entered = facts.flatMap((fact) => books.enter(fact) ?? []);
    await tables.entries.insert(sql, entered);
    await tables.lots.upsert(sql, books.lotRows());
    await tables.tokenAccounts.upsert(sql, books.accountRows());
    await saveBalances(sql, tables, books);
  },
});
