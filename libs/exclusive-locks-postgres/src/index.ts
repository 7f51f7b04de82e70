export { PostgresLocks, type PostgresLocksOptions } from './postgres-locks.js';
