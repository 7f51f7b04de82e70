export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded-postgres.js';
export {
  DataDirectoryInUse,
  DataDirectoryUnusable,
  PostgresBinariesUnavailable,
  PostgresStartFailed,
  PostgresVersionMismatch,
} from './errors.js';
export type { ServerExit } from './postmaster.js';
export { runningServerConnection } from './running-server.js';
