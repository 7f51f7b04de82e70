import { type AccountClass, accountClass } from '@imprest/domain';
import type { DataSource } from 'typeorm';
import { assertLimit, decodeCursor, type Page, pageOf } from './cursor.js';
import { balancesOf, type JournalScope, Parameters } from './ledger-scope.js';
import { type MoneyView, moneyView } from './ledger-views.js';
import type { PageRequest } from './page-request.js';

export interface AccountFilter extends JournalScope, PageRequest {
  readonly accountClass?: AccountClass;
  /** Whole name of an account. */
  readonly account?: string;
}

/** An account of the chart as one tenant has it. */
export interface AccountView {
  readonly tenantId: string;
  readonly account: string;
  readonly accountClass: AccountClass;
  /** Side on which the account usually stands. */
  readonly normalSide: 'debit' | 'credit';
  /** Lot or generation that the account is of. */
  readonly lotId: string | null;
  readonly generationId: string | null;
  /** Currencies of the lots it has to do with; empty for tokens that nobody paid for. */
  readonly currencies: readonly string[];
}

export interface BalanceView {
  readonly tenantId: string;
  readonly account: string;
  readonly accountClass: AccountClass;
  /** A debit is positive, a credit negative. */
  readonly tokens: string;
  /** Null for tokens that nobody paid for. */
  readonly money: MoneyView | null;
}

const DEBIT: ReadonlySet<AccountClass> = new Set<AccountClass>([
  'cash-clearing',
  'refunds',
  'promotional-issued',
]);

/** What both pages read: balances in scope that fit, from after the cursor on, whose parts are these columns. */
function balancesAfter(filter: AccountFilter, columns: readonly string[]) {
  const { cursor, limit } = filter;
  assertLimit(limit);
  const parameters = new Parameters();
  const balances = balancesOf(filter, parameters);
  const conditions = conditionsOf(filter, parameters);
  if (cursor !== undefined) {
    const after = decodeCursor(cursor, columns.length).map((part) => parameters.add(part));
    conditions.push(`(${columns.join(', ')}) > (${after.join(', ')})`);
  }
  const source = `(${balances}) as balance where ${conditions.join(' and ')}`;
  return { source, limit: parameters.add(limit + 1), values: parameters.values };
}

function conditionsOf({ accountClass: name, account }: AccountFilter, parameters: Parameters) {
  const conditions = ['true'];
  if (account !== undefined) conditions.push(`account = ${parameters.add(account)}`);
  if (name !== undefined) {
    conditions.push(`split_part(account, ':', 1) = ${parameters.add(name)}`);
  }
  return conditions;
}

interface AccountRow {
  readonly tenant_id: string;
  readonly account: string;
  readonly currencies: readonly string[];
}

/** Accounts in use, by tenant and name; holds that were closed are left out. @throws InvalidCursor, RangeError */
export async function accountPage(
  dataSource: DataSource,
  filter: AccountFilter,
): Promise<Page<AccountView>> {
  const { source, limit, values } = balancesAfter(filter, ['tenant_id', 'account']);
  const rows = await dataSource.query<AccountRow[]>(
    `select tenant_id, account, array_agg(currency order by currency)
       filter (where currency <> '') as currencies
     from ${source} group by tenant_id, account order by tenant_id, account limit ${limit}`,
    values,
  );
  return pageOf(rows, filter.limit, accountView, ({ tenant_id, account }) => [tenant_id, account]);
}

function accountView({ tenant_id: tenantId, account, currencies }: AccountRow): AccountView {
  const name = accountClass(account);
  const own = account.slice(account.lastIndexOf(':') + 1);
  const isOfLot = name === 'deferred-revenue' || name === 'promotional';
  return {
    tenantId,
    account,
    accountClass: name,
    normalSide: DEBIT.has(name) ? 'debit' : 'credit',
    lotId: isOfLot ? lotIdOf(account) : null,
    generationId: name === 'held' ? own : null,
    currencies: currencies ?? [],
  };
}

const lotIdOf = (account: string) =>
  account.replace(/^(?:deferred-revenue:purchased|promotional):/, '');

interface BalanceRow {
  readonly tenant_id: string;
  readonly account: string;
  readonly currency: string;
  readonly tokens: string;
  readonly minor_units: string;
}

/** Balances by tenant, account and currency. @throws InvalidCursor, RangeError */
export async function balancePage(
  dataSource: DataSource,
  filter: AccountFilter,
): Promise<Page<BalanceView>> {
  const columns = ['tenant_id', 'account', 'currency'] as const;
  const { source, limit, values } = balancesAfter(filter, columns);
  const rows = await dataSource.query<BalanceRow[]>(
    `select * from ${source} order by ${columns.join(', ')} limit ${limit}`,
    values,
  );
  const cursorOf = (row: BalanceRow) => [row.tenant_id, row.account, row.currency];
  return pageOf(rows, filter.limit, balanceView, cursorOf);
}

function balanceView(row: BalanceRow): BalanceView {
  return {
    tenantId: row.tenant_id,
    account: row.account,
    accountClass: accountClass(row.account),
    tokens: row.tokens,
    money: moneyView(row.currency, row.minor_units) ?? null,
  };
}
