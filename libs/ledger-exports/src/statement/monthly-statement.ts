import {
  type BookedEntry,
  type Month,
  type RevenueRow,
  type StatementLine,
  StatementLines,
} from '@imprest/domain';

/** What a tenant had, got and used in a month. */
export interface MonthlyStatement {
  readonly tenantId: string;
  readonly month: Month;
  /** Whether it is final. */
  readonly closed: boolean;
  /** Sums by currency, grants first. */
  readonly sums: readonly RevenueRow[];
  readonly opening: bigint;
  readonly closing: bigint;
}

/** @param sums of the tenant's month. */
export function monthlyStatement(
  tenantId: string,
  month: Month,
  closed: boolean,
  sums: readonly RevenueRow[],
): MonthlyStatement {
  const total = (column: 'opening' | 'closing') =>
    sums.reduce((sum, row) => sum + row[column].tokens, 0n);
  return { tenantId, month, closed, sums, opening: total('opening'), closing: total('closing') };
}

/** @param pages entries of the tenant's month, in their order. */
export async function* statementLines(
  { opening }: MonthlyStatement,
  pages: AsyncIterable<readonly BookedEntry[]>,
): AsyncGenerator<readonly StatementLine[]> {
  const lines = new StatementLines(opening);
  for await (const page of pages) yield page.flatMap((booked) => lines.line(booked) ?? []);
}
