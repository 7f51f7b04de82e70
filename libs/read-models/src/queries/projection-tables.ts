import type { DataSource } from 'typeorm';
import type { TableProjector } from '../projections/table-projector.js';

const ESTIMATES = `
  select name, class.reltuples::float8 as rows
  from unnest($1::text[]) as asked (name) join pg_class as class on class.oid = to_regclass(name)
  where class.reltuples >= 0`;

/** What the server knows of tables without reading them. */
export class ProjectionTables {
  constructor(private readonly dataSource: DataSource) {}

  /** Rows by table, as of its last analysis; tables that were never analysed are missing. */
  async estimatedRows(projectors: readonly TableProjector[]): Promise<ReadonlyMap<string, number>> {
    const names = projectors.flatMap(({ tables }) => tables.map(({ name }) => name));
    const found = await this.dataSource.query<{ name: string; rows: number }[]>(ESTIMATES, [names]);
    return new Map(found.map(({ name, rows }) => [name, Math.round(rows)]));
  }
}
