import type { DataSource } from 'typeorm';
import { BOOKS_AGAINST_LOTS } from './books-against-lots.js';
import {
  type BreachRow,
  type CheckResult,
  checkResult,
  type InvariantGauges,
  type InvariantName,
  type InvariantReport,
  invariantNames,
} from './invariant-report.js';
import {
  OPEN_HOLDS_AGAINST_BOOKS,
  OPEN_WORK,
  type OpenWorkRow,
  OUTCOMES_AGAINST_HOLDS,
} from './outcomes-against-holds.js';
import { type RecentEntriesOptions, recentEntriesAgainstEvents } from './recent-entries.js';

export interface InvariantOptions extends RecentEntriesOptions {
  /** Facts known later than this may still be waiting for their counterpart. */
  readonly before: Date;
}

function gaugesOf(row: OpenWorkRow | undefined): InvariantGauges {
  const number = (name: keyof InvariantGauges) => Number(row?.[name] ?? 0);
  return {
    openGenerations: number('openGenerations'),
    openHolds: number('openHolds'),
    requestedWithoutHold: number('requestedWithoutHold'),
    endedWithoutHold: number('endedWithoutHold'),
  };
}

function reportOf(
  results: readonly CheckResult[],
  gauges: InvariantGauges,
  checkedUpTo: bigint,
): InvariantReport {
  const none = Object.fromEntries(invariantNames.map((name) => [name, 0]));
  const counts = Object.assign(none, ...results.map((result) => result.counts));
  return {
    counts: counts as Record<InvariantName, number>,
    violations: results.flatMap(({ violations }) => violations),
    gauges,
    checkedUpTo,
  };
}

/**
 * Measures what the product promises about money, for a monitor that never stops. It costs as much as there
 * are open generations, lots and open holds, and the last entries beside their events; nothing of it grows
 * with the number of entries or of generations ever made.
 */
export async function invariants(
  dataSource: DataSource,
  options: InvariantOptions,
): Promise<InvariantReport> {
  const { before } = options;
  const check = async (sql: string, parameters: readonly unknown[] = []) =>
    checkResult(await dataSource.query<BreachRow[]>(sql, [...parameters]));
  const results = [
    await check(OUTCOMES_AGAINST_HOLDS, [before]),
    await check(OPEN_HOLDS_AGAINST_BOOKS),
    await check(BOOKS_AGAINST_LOTS),
  ];
  const recent = await recentEntriesAgainstEvents(dataSource, options);
  const [openWork] = await dataSource.query<OpenWorkRow[]>(OPEN_WORK, [before]);
  return reportOf([...results, recent], gaugesOf(openWork), recent.checkedUpTo);
}
