import type { PeriodBounds } from '../accounting-period/index.js';
import { placeIn } from '../accounting-period/index.js';
import type { Tokens } from '../shared/tokens.js';
import { accountClass } from './chart-of-accounts.js';
import type { JournalEntry } from './journal-entry.js';
import type { Posting } from './posting.js';

/** What a month did to the tokens and the money that are owed. All amounts but `refunded` lessen them. */
export const revenueColumns = [
  'opening',
  'purchased',
  'recognised',
  'refunded',
  'chargedBack',
  'repaid',
  'breakage',
  'closing',
] as const;

export type RevenueColumn = (typeof revenueColumns)[number];

export interface Worth {
  readonly tokens: Tokens;
  readonly minorUnits: bigint;
}

/**
 * A month of one tenant in one currency: `closing = opening + purchased - recognised + refunded -
 * chargedBack - repaid - breakage`, in tokens and in money. Opening and closing are what is deferred,
 * holds included.
 */
export type RevenueRow = { readonly [Column in RevenueColumn]: Worth } & {
  readonly tenantId: string;
  /** Null for grants: what nobody paid for has tokens and no money; `recognised` are those used. */
  readonly currency: string | null;
};

type Amounts = Record<RevenueColumn, { tokens: bigint; minorUnits: bigint }>;

const isOwed = (name: string) =>
  name === 'deferred-revenue' || name === 'promotional' || name === 'held';

/** Which column a posting within the month adds to, and with which sign; undefined for none. */
export function columnOf(
  type: string,
  name: string,
): readonly [RevenueColumn, 1n | -1n] | undefined {
  switch (name) {
    case 'cash-clearing':
      return type === 'PurchaseRefunded' ? ['repaid', -1n] : ['purchased', 1n];
    case 'promotional-issued':
      return ['purchased', 1n];
    case 'revenue':
      return ['recognised', -1n];
    case 'refunds':
      return ['refunded', 1n];
    case 'promotional-used':
      return type === 'TokensRefunded' ? ['refunded', 1n] : ['recognised', -1n];
    case 'breakage':
      return ['breakage', -1n];
    case 'charge-backs':
      return ['chargedBack', -1n];
    default:
      return undefined;
  }
}

/** Adds up a month's revenue from journal entries in any order: what the report is checked against. */
export class RevenueOfMonth {
  private readonly rows = new Map<
    string,
    { tenantId: string; currency: string | null; amounts: Amounts }
  >();

  constructor(private readonly bounds: PeriodBounds) {}

  add(entry: JournalEntry, position: bigint): void {
    const place = placeIn(this.bounds, { position, happenedAt: entry.happenedAt });
    if (place === 'after') return;
    for (const posting of entry.postings) {
      const name = accountClass(posting.account);
      if (isOwed(name)) {
        this.count(entry, posting, 'closing', -1n);
        if (place === 'before') this.count(entry, posting, 'opening', -1n);
        continue;
      }
      const column = place === 'within' ? columnOf(entry.type, name) : undefined;
      if (column !== undefined) this.count(entry, posting, ...column);
    }
  }

  /** By tenant, then by currency, grants first; rows without any amount are left out. */
  result(): readonly RevenueRow[] {
    return [...this.rows.values()]
      .filter(({ amounts }) =>
        Object.values(amounts).some(({ tokens, minorUnits }) => tokens !== 0n || minorUnits !== 0n),
      )
      .map(({ amounts, ...row }) => ({ ...row, ...amounts }))
      .sort(byTenantAndCurrency);
  }

  private count(
    { tenantId }: JournalEntry,
    { tokens, money }: Posting,
    column: RevenueColumn,
    sign: 1n | -1n,
  ): void {
    const currency = money?.currency ?? null;
    const key = `${tenantId} ${currency}`;
    let row = this.rows.get(key);
    if (row === undefined) {
      row = { tenantId, currency, amounts: nothing() };
      this.rows.set(key, row);
    }
    row.amounts[column].tokens += sign * tokens;
    row.amounts[column].minorUnits += sign * (money?.minorUnits ?? 0n);
  }
}

function nothing(): Amounts {
  const columns = revenueColumns.map((column) => [column, { tokens: 0n, minorUnits: 0n }]);
  return Object.fromEntries(columns) as Amounts;
}

export function byTenantAndCurrency(a: RevenueRow, b: RevenueRow): number {
  return compare(a.tenantId, b.tenantId) || compare(a.currency ?? '', b.currency ?? '');
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
