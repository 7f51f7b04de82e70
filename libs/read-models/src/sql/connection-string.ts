import type { DataSource } from 'typeorm';

/** For what needs a connection of its own on the same database. @throws Error for a data source without one */
export function connectionStringOf({ options }: DataSource): string {
  if (options.type !== 'postgres' || options.url === undefined) {
    throw new Error('this takes a PostgreSQL data source with a url');
  }
  return options.url;
}
