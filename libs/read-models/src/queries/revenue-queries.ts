import {
  type PeriodBounds,
  type RevenueColumn,
  type RevenueRow,
  revenueColumns,
} from '@imprest/domain';
import type { DataSource } from 'typeorm';
import { LINES, Parameters } from './ledger-scope.js';

/** Sums of one column, as `columnOf` of the domain has them. */
const COLUMNS: Readonly<Record<Exclude<RevenueColumn, 'opening' | 'closing'>, readonly string[]>> =
  {
    purchased: [
      "line.class = 'cash-clearing' and line.type <> 'PurchaseRefunded'",
      "line.class = 'promotional-issued'",
    ],
    recognised: [
      "line.class = 'revenue'",
      "line.class = 'promotional-used' and line.type <> 'TokensRefunded'",
    ],
    refunded: [
      "line.class = 'refunds'",
      "line.class = 'promotional-used' and line.type = 'TokensRefunded'",
    ],
    chargedBack: ["line.class = 'charge-backs'"],
    repaid: ["line.class = 'cash-clearing' and line.type = 'PurchaseRefunded'"],
    breakage: ["line.class = 'breakage'"],
  };
const CREDITED: ReadonlySet<string> = new Set(['recognised', 'chargedBack', 'repaid', 'breakage']);
const OWED = "('deferred-revenue', 'promotional', 'held')";

function sums(name: string, condition: string, sign: '' | '-'): string {
  return ['tokens', 'minor_units']
    .map(
      (amount) =>
        `coalesce(${sign}sum(line.${amount}) filter (where ${condition}), 0) as "${name}_${amount}"`,
    )
    .join(', ');
}

/**
 * Goes back from what is owed now, so it reads the entries from the month on and none before it. All of it
 * is one statement, which sees one moment of the books.
 */
function statement(bounds: PeriodBounds, tenantId: string | undefined, parameters: Parameters) {
  const from = parameters.add(bounds.from);
  const to = parameters.add(bounds.to);
  const tenant = tenantId === undefined ? 'true' : `tenant_id = ${parameters.add(tenantId)}`;
  const upTo = bounds.upTo === undefined ? undefined : parameters.add(bounds.upTo);
  const late = bounds.lateAfter === undefined ? undefined : parameters.add(bounds.lateAfter);
  const after = `(entry.happened_at >= ${to}${upTo === undefined ? '' : ` or entry.position > ${upTo}`})`;
  const since = `(entry.happened_at >= ${from}${late === undefined ? '' : ` or entry.position > ${late}`})`;
  const columns = Object.entries(COLUMNS).map(([name, conditions]) =>
    sums(name, `not is_after and (${conditions.join(' or ')})`, CREDITED.has(name) ? '-' : ''),
  );
  return `
    with line as (
      select entry.tenant_id, line.currency, entry.type, ${after} as is_after,
        split_part(line.account, ':', 1) as class, line.tokens, line.minor_units
      from ${LINES} where ${tenant} and ${since}
    ), movement as (
      select line.tenant_id, line.currency, ${columns.join(', ')},
        ${sums('within', `not is_after and line.class in ${OWED}`, '')},
        ${sums('after', `is_after and line.class in ${OWED}`, '')}
      from line group by 1, 2
    ), owed as (
      select tenant_id, currency, sum(tokens) as tokens, sum(minor_units) as minor_units
      from ledger.balances where ${tenant} and split_part(account, ':', 1) in ${OWED} group by 1, 2
    )
    select movement.*, owed.tokens as owed_tokens, owed.minor_units as owed_minor_units,
      coalesce(owed.tenant_id, movement.tenant_id) as tenant_id,
      coalesce(owed.currency, movement.currency) as currency
    from owed full join movement
      on movement.tenant_id = owed.tenant_id and movement.currency = owed.currency
    order by coalesce(owed.tenant_id, movement.tenant_id) collate "C",
      coalesce(owed.currency, movement.currency) collate "C"`;
}

type Row = Readonly<Record<string, string | null>>;

function revenueRow(row: Row): RevenueRow {
  const amount = (name: string) => ({
    tokens: BigInt(row[`${name}_tokens`] ?? 0),
    minorUnits: BigInt(row[`${name}_minor_units`] ?? 0),
  });
  const [owed, within, after] = [amount('owed'), amount('within'), amount('after')];
  const closing = {
    tokens: after.tokens - owed.tokens,
    minorUnits: after.minorUnits - owed.minorUnits,
  };
  const opening = {
    tokens: closing.tokens + within.tokens,
    minorUnits: closing.minorUnits + within.minorUnits,
  };
  const moved = Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, amount(name)]));
  return {
    tenantId: row.tenant_id as string,
    currency: row.currency === '' ? null : (row.currency as string),
    ...(moved as Record<keyof typeof COLUMNS, ReturnType<typeof amount>>),
    opening,
    closing,
  };
}

const hasAmounts = (row: RevenueRow) =>
  revenueColumns.some((column) => row[column].tokens !== 0n || row[column].minorUnits !== 0n);

/** What each month did to the tokens and the money that are owed. */
export class RevenueQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** By tenant, then by currency, grants first; of one tenant, or of all. Rows without any amount are left out. */
  async month(bounds: PeriodBounds, tenantId?: string): Promise<readonly RevenueRow[]> {
    const parameters = new Parameters();
    const sql = statement(bounds, tenantId, parameters);
    const rows = await this.dataSource.query<Row[]>(sql, parameters.values);
    return rows.map(revenueRow).filter(hasAmounts);
  }
}
