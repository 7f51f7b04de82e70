import {
  type BookedEntry,
  type ClosedMonth,
  type Month,
  monthOf,
  monthsLater,
  periodBounds,
} from '@imprest/domain';
import type { DataSource, QueryRunner } from 'typeorm';
import { LedgerEntryRow } from '../entities/index.js';
import { journalEntryOf } from '../ledger/rows.js';
import { BulkTable } from '../sql/bulk-table.js';
import { Parameters } from './ledger-scope.js';

export interface JournalExportScope {
  /** Months that are closed, in order: they say which month a late entry is booked in. */
  readonly closed: readonly ClosedMonth[];
  /** Inclusive; the first with an entry when absent. */
  readonly from?: Month;
  /** Inclusive; the last with an entry when absent. */
  readonly to?: Month;
  readonly tenantId?: string;
}

const AT_ONCE = 1_000;
const entries = new BulkTable(LedgerEntryRow);
const EXTENT = `select min(happened_at) as first, max(happened_at) as last
  from ledger.entries where $1::text is null or tenant_id = $1`;

interface Extent {
  readonly first: Date | null;
  readonly last: Date | null;
}

/** First and last month that entries are booked in; undefined when there are none. */
async function monthsOf(
  runner: QueryRunner,
  { closed, from, to, tenantId }: JournalExportScope,
): Promise<readonly [Month, Month] | undefined> {
  const [extent] = (await runner.query(EXTENT, [tenantId ?? null])) as Extent[];
  if (extent?.first == null || extent.last === null) return undefined;
  const first = monthOf(extent.first.toISOString());
  const last = monthOf(extent.last.toISOString());
  const lastClosed = closed.at(-1)?.month;
  const firstOpen = lastClosed === undefined ? last : monthsLater(lastClosed, 1);
  return [from ?? first, to ?? (firstOpen > last ? firstOpen : last)];
}

function statement(
  month: Month,
  { closed, tenantId }: JournalExportScope,
  parameters: Parameters,
): string {
  const { from, to, lateAfter, upTo } = periodBounds(month, closed);
  const own = `happened_at >= ${parameters.add(from)} and happened_at < ${parameters.add(to)}`;
  const late =
    lateAfter === undefined
      ? ''
      : ` or happened_at < $1 and position > ${parameters.add(lateAfter)}`;
  const conditions = [`(${own}${late})`];
  if (upTo !== undefined) conditions.push(`position <= ${parameters.add(upTo)}`);
  if (tenantId !== undefined) conditions.push(`tenant_id = ${parameters.add(tenantId)}`);
  const names = entries.columns.map(({ name }) => name).join(', ');
  return `select ${names} from ${entries.name} where ${conditions.join(' and ')}
    order by greatest(happened_at, $1), position`;
}

/**
 * The journal, month by month: within a month by when it happened, late entries first. A cursor reads it,
 * so memory holds a page, and all of it is of one moment.
 */
export async function* exportJournal(
  dataSource: DataSource,
  scope: JournalExportScope,
): AsyncGenerator<readonly BookedEntry[]> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    const months = await monthsOf(runner, scope);
    if (months === undefined) return;
    const [first, last] = months;
    for (let month = first; month <= last; month = monthsLater(month, 1)) {
      yield* exportMonth(runner, month, scope);
    }
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
}

async function* exportMonth(
  runner: QueryRunner,
  month: Month,
  scope: JournalExportScope,
): AsyncGenerator<readonly BookedEntry[]> {
  const parameters = new Parameters();
  const select = statement(month, scope, parameters);
  await runner.query(`declare journal no scroll cursor for ${select}`, parameters.values);
  for (;;) {
    const raw = (await runner.query(`fetch ${AT_ONCE} from journal`)) as Record<string, unknown>[];
    if (raw.length === 0) break;
    yield raw.map((each) => {
      const row = entries.row(each);
      return { position: row.position, month, entry: journalEntryOf(row) };
    });
  }
  await runner.query('close journal');
}
