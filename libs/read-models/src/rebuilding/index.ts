export type { BuildOptions, Built } from './build.js';
export type { CompareOptions, Comparison } from './compare.js';
export type { DifferenceKind, RowDifference, TableDifferences } from './compare-tables.js';
export { type BegunBuild, ProjectionRebuild, readStandbys } from './projection-rebuild.js';
export * from './rebuild-errors.js';
export { type OnProgress, ProgressMeter, type RebuildProgress } from './rebuild-progress.js';
export type { Standby, StandbyPhase } from './standby.js';
export type { RebuildOptions } from './standby-session.js';
export type { Switched, SwitchOptions } from './switch-over.js';
