import type { Logger } from 'typeorm';

const silent = () => undefined;

/** TypeORM would print to the console; failures come out as errors, and logging is the platform's. */
export const silentLogger: Logger = {
  logQuery: silent,
  logQueryError: silent,
  logQuerySlow: silent,
  logSchemaBuild: silent,
  logMigration: silent,
  log: silent,
};
