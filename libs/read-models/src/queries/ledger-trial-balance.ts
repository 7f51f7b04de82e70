import { type AccountClass, accountClasses } from '@imprest/domain';
import type { DataSource } from 'typeorm';
import {
  balancesOf,
  entriesIn,
  isInThePast,
  type JournalScope,
  Parameters,
} from './ledger-scope.js';
import { type MoneyView, moneyView } from './ledger-views.js';

export interface TrialBalance {
  /** All classes of the chart, those without an account too. */
  readonly classes: readonly {
    readonly accountClass: AccountClass;
    readonly accounts: number;
    readonly tokens: string;
    /** By currency; empty where nobody paid. */
    readonly money: readonly MoneyView[];
  }[];
  /** Tokens of all classes: `0`, or the books are wrong. */
  readonly total: string;
  /** Of each currency `0`, or the books are wrong. */
  readonly totalMoney: readonly MoneyView[];
  readonly tenants: number;
  readonly entries: number;
}

interface ClassRow {
  readonly class: AccountClass;
  /** Null in the row of all currencies, empty for tokens that nobody paid for. */
  readonly currency: string | null;
  readonly accounts: string;
  readonly tokens: string;
  readonly minor_units: string;
}

interface Counts {
  readonly tenants: string;
  readonly entries: string;
}

/** Revisions of an account have no gap, so the last one counts its entries. */
const COUNTS_NOW = `
  select count(*) as tenants, coalesce(sum(revision + 1), 0) as entries
  from ledger.token_accounts where $1::text is null or tenant_id = $1`;

/**
 * Of one tenant, or of all. Now it reads balances: lots and open holds, never entries. In the past it
 * adds up every entry there was, so it costs what reading them costs.
 */
export async function trialBalance(
  dataSource: DataSource,
  scope: JournalScope = {},
): Promise<TrialBalance> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    const parameters = new Parameters();
    const rows = await manager.query<ClassRow[]>(
      `select split_part(account, ':', 1) as class, currency,
         count(distinct (tenant_id, account)) as accounts,
         sum(tokens) as tokens, sum(minor_units) as minor_units
       from (${balancesOf(scope, parameters)}) as balance
       group by grouping sets ((1), (1, currency)) order by currency`,
      parameters.values,
    );
    const [counts] = await manager.query<Counts[]>(...countsOf(scope));
    return trialBalanceOf(rows, counts as Counts);
  });
}

function countsOf(scope: JournalScope): [string, unknown[]] {
  if (!isInThePast(scope)) return [COUNTS_NOW, [scope.tenantId ?? null]];
  const parameters = new Parameters();
  const conditions = entriesIn(scope, parameters).join(' and ');
  const counts = `select count(distinct tenant_id) as tenants, count(*) as entries
    from ledger.entries as entry where ${conditions}`;
  return [counts, parameters.values];
}

function trialBalanceOf(rows: readonly ClassRow[], counts: Counts): TrialBalance {
  const classes = accountClasses.map((accountClass) => {
    const found = rows.filter((row) => row.class === accountClass);
    const all = found.find(({ currency }) => currency === null);
    return {
      accountClass,
      accounts: Number(all?.accounts ?? 0),
      tokens: all?.tokens ?? '0',
      money: found.flatMap(({ currency, minor_units: amount }) =>
        currency === null ? [] : (moneyView(currency, amount) ?? []),
      ),
    };
  });
  const totals = new Map<string, bigint>();
  for (const { currency, minorUnits } of classes.flatMap(({ money }) => money)) {
    totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(minorUnits));
  }
  return {
    classes,
    total: classes.reduce((sum, { tokens }) => sum + BigInt(tokens), 0n).toString(),
    totalMoney: [...totals].map(([currency, sum]) => ({ currency, minorUnits: sum.toString() })),
    tenants: Number(counts.tenants),
    entries: Number(counts.entries),
  };
}

/** Whether every sum is 0. */
export function isBalanced({ total, totalMoney }: TrialBalance): boolean {
  return total === '0' && totalMoney.every(({ minorUnits }) => minorUnits === '0');
}
