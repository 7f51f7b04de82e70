import type { ApiRequest } from '../exchange/api-request.ts';
import type { ApiAnswer } from '../exchange/send.ts';
import type { Asked } from './request.ts';

/** A request that was sent from the playground, and what came of it. */
export interface Run {
  /** Its idempotency key. */
  readonly key: string;
  readonly asked: Asked;
  readonly request: ApiRequest;
  /** What it has of its own in a comparison. */
  readonly seed: number | null;
  readonly answer: ApiAnswer | null;
  /** Why no answer came. */
  readonly failure: Error | null;
}

const MAX_RUNS = 24;

/** The runs with new ones before them; the oldest go. */
export const withRuns = (runs: readonly Run[], added: readonly Run[]): readonly Run[] =>
  [...added, ...runs.filter(({ key }) => !added.some((each) => each.key === key))].slice(
    0,
    MAX_RUNS,
  );

export const changedRun = (
  runs: readonly Run[],
  key: string,
  change: Partial<Run>,
): readonly Run[] => runs.map((run) => (run.key === key ? { ...run, ...change } : run));
