import {
  type Comparison,
  ProjectionRebuild,
  type RowDifference,
  resultOf,
  type TableDifferences,
  type TableProjector,
} from '@imprest/read-models';
import { whole } from '../terminal/format.js';
import type { Reasoned } from '../terminal/on-record.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Stores } from './rebuild.js';

export interface DiffOptions extends Reasoned {
  readonly limit: number;
  readonly wait: number;
  readonly json?: boolean;
}

const kinds = {
  onlyLive: 'only in the live table',
  onlyStandby: 'only in the rebuilt table',
  differs: 'differ',
} as const;

/** Exit code 1 when anything differs, or when both could not be brought to the same event. */
export async function diffOne(
  terminal: Terminal,
  stores: Stores,
  projector: TableProjector,
  { limit, wait, json, reason = null }: DiffOptions,
): Promise<void> {
  const rebuild = new ProjectionRebuild({ projector, ...stores });
  const { signal } = terminal;
  const comparison = await stores.onRecord(
    { work: 'projection-diff', subject: projector.name, reason },
    () => rebuild.compare({ samples: limit, waitMs: wait * 1000, signal }),
    resultOf.compare,
  );
  const { tables, samePosition } = comparison;
  if (json) await terminal.printJson({ projection: projector.name, ...comparison });
  else await terminal.print(comparisonLines(projector.name, comparison).join('\n'));
  if (!samePosition || tables.some((table) => differences(table) > 0)) terminal.exitCode = 1;
}

const differences = ({ counts }: TableDifferences) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function comparisonLines(name: string, comparison: Comparison): readonly string[] {
  const { samePosition, livePosition, standbyPosition, parkedStreams, tables } = comparison;
  const at = samePosition
    ? `both at position ${standbyPosition}`
    : `the live tables only come to position ${livePosition}, the rebuilt ones to ${standbyPosition}`;
  const parked =
    parkedStreams === 0
      ? []
      : [`  ${whole(parkedStreams)} parked streams: the live tables lack their events`];
  return [`${name}: ${at}`, ...parked, ...tables.flatMap((table) => tableText(table))];
}

function tableText(table: TableDifferences): readonly string[] {
  const { live, standby } = table.rows;
  if (differences(table) === 0) return [`  ${table.table}: ${whole(live)} rows, all the same`];
  const lines = [`  ${table.table}: ${whole(live)} live rows, ${whole(standby)} rebuilt rows`];
  for (const [kind, text] of Object.entries(kinds) as [RowDifference['kind'], string][]) {
    const count = table.counts[kind];
    if (count === 0) continue;
    const named = table.samples.filter((sample) => sample.kind === kind);
    lines.push(
      `    ${whole(count)} ${text}${named.length < count ? `, the first ${named.length}:` : ':'}`,
    );
    lines.push(...named.map((sample) => `      ${rowText(sample)}`));
  }
  return lines;
}

function rowText({ key, columns }: RowDifference): string {
  const named = Object.entries(key).map(([column, value]) => `${column}=${value}`);
  return `${named.join(' ')}${columns.length > 0 ? ` (${columns.join(', ')})` : ''}`;
}
