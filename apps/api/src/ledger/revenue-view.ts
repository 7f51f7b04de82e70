import { type RevenueRow, revenueColumns } from '@imprest/domain';

/** A month of a tenant in one currency, as JSON has it. */
export function revenueView(row: RevenueRow) {
  const columns = revenueColumns.map((column) => {
    const { tokens, minorUnits } = row[column];
    const money = row.currency === null ? null : minorUnits.toString();
    return [column, { tokens: tokens.toString(), minorUnits: money }];
  });
  return { tenantId: row.tenantId, currency: row.currency, ...Object.fromEntries(columns) };
}
