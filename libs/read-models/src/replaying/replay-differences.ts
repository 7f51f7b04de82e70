import type { DataSource } from 'typeorm';
import type { LedgerBalanceRow } from '../entities/index.js';
import type { ReplayedBooks } from './replayed-books.js';

/** One balance that the journal and a replay tell differently. */
export interface ReplayDifference {
  readonly tenantId: string;
  readonly account: string;
  /** Empty for tokens nobody paid for. */
  readonly currency: string;
  /** Null where there is no such balance. */
  readonly journal: Amounts | null;
  readonly replay: Amounts | null;
}

interface Amounts {
  readonly tokens: bigint;
  readonly minorUnits: bigint;
}

interface BalanceOfEntries {
  readonly tenant_id: string;
  readonly account: string;
  readonly currency: string;
  readonly tokens: string;
  readonly minor_units: string;
}

/** The journal as it was at a position: what its entries add up to, and not what it says it has now. */
const BALANCES_AT = `
  select tenant_id, line.account, line.currency, sum(line.tokens) as tokens,
    sum(line.minor_units) as minor_units
  from ledger.entries as entry
  cross join lateral unnest(entry.accounts, entry.currencies, entry.tokens, entry.minor_units)
    as line (account, currency, tokens, minor_units)
  where entry.position <= $1 and ($2::text is null or entry.tenant_id = $2)
  group by 1, 2, 3
  having line.account not like 'held:%' or sum(line.tokens) <> 0 or sum(line.minor_units) <> 0`;

const BALANCES_NOW = `
  select tenant_id, account, currency, tokens, minor_units from ledger.balances
  where $1::text is null or tenant_id = $1`;

const BOOKED = `
  select tenant_id, revision from ledger.token_accounts where $1::text is null or tenant_id = $1`;

export interface DifferencesOptions {
  readonly dataSource: DataSource;
  readonly tenantId?: string;
  /** Compare with what the entries up to here add up to; with the balances of now when absent. */
  readonly at?: bigint;
}

export interface ReplayComparison {
  readonly balances: number;
  /** Accounts of which the journal has booked more or less than was replayed: they are left out. */
  readonly elsewhere: readonly string[];
  readonly differences: readonly ReplayDifference[];
}

export async function replayDifferences(
  books: ReplayedBooks,
  { dataSource, tenantId, at }: DifferencesOptions,
): Promise<ReplayComparison> {
  const { rows, elsewhere } =
    at === undefined
      ? await balancesNow(dataSource, books, tenantId)
      : { rows: await balancesAt(dataSource, at, tenantId), elsewhere: new Set<string>() };
  const key = (row: { tenantId: string; account: string; currency: string }) =>
    `${row.tenantId}\n${row.account}\n${row.currency}`;
  const journal = new Map(rows.map((row) => [key(row), row]));
  const replayed = books.balanceRows().filter((row) => !elsewhere.has(row.tenantId));
  const differences: ReplayDifference[] = [];
  for (const row of replayed) {
    const other = journal.get(key(row));
    journal.delete(key(row));
    if (other?.tokens === row.tokens && other.minorUnits === row.minorUnits) continue;
    differences.push(difference(row, other, row));
  }
  for (const row of journal.values()) differences.push(difference(row, row, undefined));
  return { balances: replayed.length, elsewhere: [...elsewhere], differences };
}

function difference(
  { tenantId, account, currency }: LedgerBalanceRow,
  journal: Amounts | undefined,
  replay: Amounts | undefined,
): ReplayDifference {
  return { tenantId, account, currency, journal: amounts(journal), replay: amounts(replay) };
}

const amounts = (row: Amounts | undefined): Amounts | null =>
  row === undefined ? null : { tokens: row.tokens, minorUnits: row.minorUnits };

async function balancesAt(
  dataSource: DataSource,
  at: bigint,
  tenantId: string | undefined,
): Promise<readonly LedgerBalanceRow[]> {
  const parameters = [at.toString(), tenantId ?? null];
  return (await dataSource.query<BalanceOfEntries[]>(BALANCES_AT, parameters)).map(balance);
}

async function balancesNow(
  dataSource: DataSource,
  books: ReplayedBooks,
  tenantId: string | undefined,
) {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    const parameters = [tenantId ?? null];
    const booked = await manager.query<{ tenant_id: string; revision: number }[]>(
      BOOKED,
      parameters,
    );
    const rows = (await manager.query<BalanceOfEntries[]>(BALANCES_NOW, parameters)).map(balance);
    const replayed = new Map(books.accountRows().map((row) => [row.tenantId, row.revision]));
    const elsewhere = new Set<string>();
    for (const { tenant_id: id, revision } of booked) {
      if (replayed.get(id) !== revision) elsewhere.add(id);
      replayed.delete(id);
    }
    for (const id of replayed.keys()) elsewhere.add(id);
    return { rows: rows.filter((row) => !elsewhere.has(row.tenantId)), elsewhere };
  });
}

function balance(row: BalanceOfEntries): LedgerBalanceRow {
  return {
    ...{ tenantId: row.tenant_id, account: row.account, currency: row.currency },
    ...{ tokens: BigInt(row.tokens), minorUnits: BigInt(row.minor_units) },
  };
}
