import type { Machine } from './machine.js';
import type { ComparisonResult, ExperimentResult } from './run.js';

export interface Report {
  readonly machine: Machine;
  readonly rounds: number;
  readonly quick: boolean;
  readonly loadAverage: { readonly before: number; readonly after: number };
  readonly seconds: number;
  readonly results: readonly ExperimentResult[];
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
}

const number = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toPrecision(3)));

const ratio = (value: number) => value.toFixed(2);

function targetText(target: ComparisonResult['target']): string {
  if (target === undefined) return '';
  return 'atLeast' in target ? `>= ${ratio(target.atLeast)}` : `<= ${ratio(target.atMost)}`;
}

const verdict = (met: boolean | undefined) => (met === undefined ? '' : met ? 'pass' : 'MISS');

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function experimentText({ name, title, comparisons, figures }: ExperimentResult): string {
  const ratios = comparisons.map(({ what, median, least, most, target, met }) => [
    what,
    ratio(median),
    `${ratio(least)}..${ratio(most)}`,
    targetText(target),
    verdict(met),
  ]);
  const absolute = figures.map(({ variant, figure, median, least, most }) => [
    `${variant}: ${figure}`,
    number(median),
    `${number(least)}..${number(most)}`,
  ]);
  return [
    `${name}: ${title}`,
    table([['ratio', 'median', 'spread', 'target', ''], ...ratios]),
    '',
    table([['figure (this machine, this run)', 'median', 'spread'], ...absolute]),
  ].join('\n');
}

export function reportText(report: Report): string {
  const { machine, rounds, loadAverage, seconds, results, skipped } = report;
  const { cores, cpu, memoryGiB, system, node, postgres, placement } = machine;
  const kept = results.flatMap(({ comparisons }) => comparisons).filter(({ met }) => met);
  const missed = results
    .flatMap(({ comparisons }) => comparisons)
    .filter(({ met }) => met === false);
  return [
    `${cores} cores (${cpu}), ${memoryGiB} GiB, ${system}, Node ${node}, PostgreSQL ${postgres}`,
    `cores: ${placement}; load average ${loadAverage.before} before, ${loadAverage.after} after`,
    `${rounds} rounds, medians of the ratios within a round, ${Math.round(seconds)} s in all`,
    ...skipped.map(({ name, why }) => `skipped ${name}: ${why}`),
    ...results.map((result) => `\n${experimentText(result)}`),
    `\n${kept.length} targets met, ${missed.length} missed${missed.map(({ what }) => `\n  missed: ${what}`).join('')}`,
  ].join('\n');
}
