import type { Projector, SqlTransaction } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { BulkTable } from '../sql/bulk-table.js';

// biome-ignore lint/suspicious/noExplicitAny: a table of any rows.
export type AnyTable = BulkTable<any>;
type Entities = Readonly<Record<string, new () => object>>;

/** A table for each entity, under the same key. */
export type TablesOf<Rows extends Entities> = {
  readonly [Name in keyof Rows]: BulkTable<InstanceType<Rows[Name]>>;
};

interface TableProjection<Rows extends Entities> {
  /** Stable: its checkpoint is kept under it. */
  readonly name: string;
  readonly categories: readonly string[];
  readonly minimumIntervalMs: number;
  /** Entities of all rows that it writes. Nobody else writes into their tables. */
  readonly rows: Rows;
  project(
    events: readonly RecordedEvent[],
    sql: SqlTransaction,
    tables: TablesOf<Rows>,
    live: TablesOf<Rows>,
  ): Promise<void>;
  /** Before tables that were made again take the place of the live ones, which stand still: keeps what readers hold on to. */
  carryOver?(sql: SqlTransaction, tables: TablesOf<Rows>, live: TablesOf<Rows>): Promise<void>;
}

/** A projector whose tables hold nothing else: filled from the first event on, they are the same again. */
export interface TableProjector extends Projector {
  readonly batchSize: number;
  readonly tables: readonly AnyTable[];
  /** The same over tables of the same names in another schema. */
  in(schema: string): TableProjector;
  /** Of tables in another schema, within the transaction that puts them in the place of the live ones. */
  carryOver(sql: SqlTransaction): Promise<void>;
}

const BATCH_SIZE = 2_000;

export function tableProjector<Rows extends Entities>(
  projection: TableProjection<Rows>,
  schema?: string,
): TableProjector {
  const { name, categories, minimumIntervalMs } = projection;
  const tables = tablesOf(projection.rows, schema);
  const live = tablesOf(projection.rows);
  return {
    ...{ kind: 'projector', name, categories, minimumIntervalMs, batchSize: BATCH_SIZE },
    tables: Object.values(tables),
    project: (events, sql) => projection.project(events, sql, tables, live),
    carryOver: async (sql) => projection.carryOver?.(sql, tables, live),
    in: (other) => tableProjector(projection, other),
  };
}

/** @param schema of tables like the declared ones; those themselves when absent. */
export function tablesOf<Rows extends Entities>(rows: Rows, schema?: string): TablesOf<Rows> {
  return Object.fromEntries(
    Object.entries(rows).map(([key, entity]) => [key, new BulkTable(entity, schema)]),
  ) as TablesOf<Rows>;
}
