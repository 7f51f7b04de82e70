import type { Bench, Comparison, Experiment, Figures } from './experiment.js';
import { type Spread, spread } from './statistics.js';

export interface FigureResult extends Spread {
  readonly variant: string;
  readonly figure: string;
}

export interface ComparisonResult extends Spread {
  readonly what: string;
  readonly target: Comparison['target'];
  /** Undefined without a target. */
  readonly met: boolean | undefined;
}

export interface ExperimentResult {
  readonly name: string;
  readonly title: string;
  readonly comparisons: readonly ComparisonResult[];
  readonly figures: readonly FigureResult[];
}

type Round = ReadonlyMap<string, Figures>;

/**
 * Measures A B C …, A B C … and so on: what disturbs the machine for a while hits all variants, and a
 * ratio is taken within a round, so that slow drifts cancel out.
 */
export async function runExperiment(
  bench: Bench,
  experiment: Experiment,
): Promise<ExperimentResult> {
  const { rounds } = bench.options;
  const open = await experiment.open(bench);
  const results: Round[] = [];
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const figures = new Map<string, Figures>();
      for (const { name, measure } of open.variants) {
        const measured = await measure();
        figures.set(name, measured);
        bench.progress(`${experiment.name} ${round}/${rounds}  ${name}: ${brief(measured)}`);
      }
      results.push(figures);
    }
  } finally {
    await open.close?.();
  }
  const { name, title } = experiment;
  const comparisons = open.comparisons.map((comparison) => compare(comparison, results));
  return { name, title, comparisons, figures: summarise(results) };
}

function brief(figures: Figures): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
    .join(', ');
}

function figureOf(round: Round, { variant, figure }: Comparison['of']): number {
  const value = round.get(variant)?.[figure];
  if (value === undefined) throw new Error(`there is no figure "${figure}" of "${variant}"`);
  return value;
}

export function compare({ what, of, to, target }: Comparison, rounds: readonly Round[]) {
  const ratios = spread(rounds.map((round) => figureOf(round, of) / figureOf(round, to)));
  return { what, ...ratios, target, met: target && isMet(target, ratios.median) };
}

function isMet(target: NonNullable<Comparison['target']>, ratio: number): boolean {
  return 'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;
}

function summarise(rounds: readonly Round[]): FigureResult[] {
  const [first] = rounds;
  return [...(first ?? [])].flatMap(([variant, figures]) =>
    Object.keys(figures).map((figure) => {
      const values = rounds.map((round) => figureOf(round, { variant, figure }));
      return { variant, figure, ...spread(values) };
    }),
  );
}
