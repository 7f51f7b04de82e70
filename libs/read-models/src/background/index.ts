export {
  BackgroundRuns,
  type RunContext,
  RunUnderWay,
  type Work,
} from './background-runs.js';
export { resultOf } from './results.js';
export { RunEnds, type UnrecordedEnd } from './run-ends.js';
export { type BackgroundRun, type RunOrder, type RunState, RunTable } from './run-table.js';
export { RunUpkeep } from './run-upkeep.js';
