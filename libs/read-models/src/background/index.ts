export { BackgroundRuns, type RunContext, RunUnderWay, type Work } from './background-runs.js';
export { type BackgroundRun, type RunOrder, type RunState, RunTable } from './run-table.js';
