export * from './rebuild-journal.js';
export type { OnProgress, RebuildProgress } from './rebuild-progress.js';
export * from './rebuild-projection.js';
