export * from './consuming/postgres-checkpoint-store.js';
export * from './consuming/postgres-snapshot-store.js';
export * from './data-source.js';
export * from './entities/index.js';
export * from './migrations/index.js';
export * from './migrations/run-migrations.js';
