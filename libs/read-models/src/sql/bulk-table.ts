import type { SqlTransaction } from '@imprest/application';
import { type ColumnOptions, getMetadataArgsStorage } from 'typeorm';
import { arrayLiteral, type SqlValue } from './array-literal.js';
import { copyFieldOf } from './copy-text.js';
import { decoded, encoderOf, isArrayType } from './values.js';

interface BulkColumn {
  readonly property: string;
  /** Quoted. */
  readonly name: string;
  /** As PostgreSQL calls it, `[]` included. */
  readonly type: string;
  readonly isKey: boolean;
  readonly encode: (value: unknown) => SqlValue;
  readonly copyField: (value: unknown) => string;
}

/**
 * Reads and writes whole batches of an entity's rows, one statement each: what TypeORM's repositories
 * do row by row, from the same declaration of columns.
 */
export class BulkTable<Row extends object> {
  readonly name: string;
  readonly columns: readonly BulkColumn[];
  private readonly upsertSql: string;
  private readonly insertSql: string;
  private readonly keyed: string;

  /**
   * @param entity a class that TypeORM's decorators declare with explicit types.
   * @param schema of a table like the declared one; that one itself when absent.
   */
  constructor(entity: new () => Row, schema?: string) {
    const { tables, columns } = getMetadataArgsStorage();
    const table = tables.find(({ target }) => target === entity);
    if (table?.name === undefined) throw new Error(`${entity.name} is not declared as an entity`);
    this.name = `${schema ?? table.schema}.${table.name}`;
    this.columns = columns
      .filter(({ target }) => target === entity)
      .map(({ propertyName, options }) => bulkColumn(propertyName, options));
    const keys = this.columns.filter(({ isKey }) => isKey);
    const changes = this.columns.filter(({ isKey }) => !isKey);
    const names = namesOf(this.columns);
    const sets = changes.map(({ name }) => `${name} = excluded.${name}`).join(', ');
    this.insertSql = `insert into ${this.name} (${names}) select ${this.selected()} from ${this.unnested(this.columns)}`;
    const onConflict = changes.length === 0 ? 'do nothing' : `do update set ${sets}`;
    this.upsertSql = `${this.insertSql} on conflict (${namesOf(keys)}) ${onConflict}`;
    this.keyed = `(${namesOf(keys)}) in (select * from ${this.unnested(keys)})`;
  }

  /** Adds rows. @throws what PostgreSQL says when a key is there already. */
  async insert(sql: SqlTransaction, rows: readonly Row[]): Promise<void> {
    if (rows.length > 0) await sql.query(this.insertSql, this.parameters(this.columns, rows));
  }

  /** Adds rows, or replaces those with the same key. No two rows may have one key. */
  async upsert(sql: SqlTransaction, rows: readonly Row[]): Promise<void> {
    if (rows.length > 0) await sql.query(this.upsertSql, this.parameters(this.columns, rows));
  }

  /** Rows of the keys given; those that are not there are missing. */
  async load(sql: SqlTransaction, keys: readonly Partial<Row>[]): Promise<Row[]> {
    if (keys.length === 0) return [];
    const statement = `select ${namesOf(this.columns)} from ${this.name} where ${this.keyed}`;
    const found = await sql.query<Record<string, unknown>>(statement, this.keyParameters(keys));
    return found.map((raw) => this.row(raw));
  }

  /** Every row there is, in memory. */
  async loadAll(sql: SqlTransaction): Promise<Row[]> {
    const statement = `select ${namesOf(this.columns)} from ${this.name}`;
    return (await sql.query<Record<string, unknown>>(statement)).map((raw) => this.row(raw));
  }

  /** Rows that meet a condition in SQL over the table's columns. */
  async loadWhere(
    sql: SqlTransaction,
    condition: string,
    parameters: readonly unknown[],
  ): Promise<Row[]> {
    const statement = `select ${namesOf(this.columns)} from ${this.name} where ${condition}`;
    const found = await sql.query<Record<string, unknown>>(statement, parameters);
    return found.map((raw) => this.row(raw));
  }

  async delete(sql: SqlTransaction, keys: readonly Partial<Row>[]): Promise<void> {
    if (keys.length === 0) return;
    await sql.query(`delete from ${this.name} where ${this.keyed}`, this.keyParameters(keys));
  }

  /** A row in the order of the columns, as COPY reads it. */
  copyLine(row: Row): string {
    let line = '';
    let separator = '';
    for (const { property, copyField } of this.columns) {
      line += separator + copyField((row as Record<string, unknown>)[property]);
      separator = '\t';
    }
    return `${line}\n`;
  }

  /** What node-postgres read of the columns, under their names. */
  row(raw: Record<string, unknown>): Row {
    const row: Record<string, unknown> = {};
    for (const { property, name, type } of this.columns) {
      row[property] = decoded(raw[name.slice(1, -1)], type);
    }
    return row as Row;
  }

  private keyParameters(keys: readonly Partial<Row>[]): string[] {
    return this.parameters(
      this.columns.filter(({ isKey }) => isKey),
      keys,
    );
  }

  /** One array a column. */
  private parameters(columns: readonly BulkColumn[], rows: readonly object[]): string[] {
    return columns.map(({ property, encode }) =>
      arrayLiteral(rows.map((row) => encode((row as Record<string, unknown>)[property]))),
    );
  }

  private unnested(columns: readonly BulkColumn[]): string {
    const arrays = columns.map(({ type }, index) => `$${index + 1}::${elementType(type)}[]`);
    return `unnest(${arrays.join(', ')}) as given (${namesOf(columns)})`;
  }

  private selected(): string {
    return this.columns
      .map(({ name, type }) => (isArrayType(type) ? `given.${name}::${type}` : `given.${name}`))
      .join(', ');
  }
}

function bulkColumn(property: string, options: ColumnOptions): BulkColumn {
  const type = `${String(options.type)}${options.array === true ? '[]' : ''}`;
  const name = `"${options.name ?? property}"`;
  const encode = encoderOf(type);
  return {
    property,
    name,
    type,
    isKey: options.primary === true,
    encode,
    copyField: copyFieldOf(type),
  };
}

const elementType = (type: string) => (isArrayType(type) ? 'text' : type);
const namesOf = (columns: readonly BulkColumn[]) => columns.map(({ name }) => name).join(', ');
