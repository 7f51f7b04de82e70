import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { BulkTable } from './bulk-table.js';
import { copyLine } from './copy-text.js';

interface IndexDefinition {
  /** Null for an index that belongs to no constraint. */
  readonly constraint: string | null;
  readonly definition: string;
}

const OPTIONS = 'select unnest(reloptions) as option from pg_class where oid = $1::regclass';
const INDEXES = `
  select c.conname as constraint,
         coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) as definition
  from pg_index i
  left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
  where i.indrelid = $1::regclass
  order by i.indisprimary desc, i.indexrelid`;

/**
 * Tables like live ones, filled beside them in a schema of their own and then put in their place. Their
 * definition is read from the live ones, so there is no second copy of it to fall behind.
 */
export class ShadowTables {
  constructor(
    private readonly client: Client,
    /** Made empty, and gone after `swap`. */
    private readonly schema: string,
    // biome-ignore lint/suspicious/noExplicitAny: tables of different rows go together.
    private readonly tables: readonly BulkTable<any>[],
  ) {}

  /** Without indexes, since filling a table first and indexing it then is cheaper. */
  async create(): Promise<void> {
    await this.client.query(`drop schema if exists ${this.schema} cascade`);
    await this.client.query(`create schema ${this.schema}`);
    for (const { name } of this.tables) {
      const { rows } = await this.client.query<{ option: string }>(OPTIONS, [name]);
      const options = rows.map(({ option }) => option).join(', ');
      const like = `like ${name} including defaults including constraints`;
      const storage = options === '' ? '' : ` with (${options})`;
      await this.client.query(`create table ${this.shadowOf(name)} (${like})${storage}`);
    }
  }

  /** Takes rows as they come, and no faster than PostgreSQL does. */
  async copy<Row extends object>(
    table: BulkTable<Row>,
    pages: AsyncIterable<readonly Row[]>,
  ): Promise<void> {
    const columns = table.columns.map(({ name }) => name).join(', ');
    const target = `copy ${this.shadowOf(table.name)} (${columns}) from stdin`;
    const stream = this.client.query(copyFrom(target));
    await pipeline(Readable.from(linesOf(table, pages)), stream);
  }

  /** Indexes, keys and statistics of the live tables; more rows may follow. */
  async index(): Promise<void> {
    for (const { name } of this.tables) {
      const { rows } = await this.client.query<IndexDefinition>(INDEXES, [name]);
      const shadow = this.shadowOf(name);
      for (const { constraint, definition } of rows) {
        await this.client.query(
          constraint === null
            ? definition.replace(` ON ${name} `, ` ON ${shadow} `)
            : `alter table ${shadow} add constraint ${constraint} ${definition}`,
        );
      }
      await this.client.query(`analyze ${shadow}`);
    }
  }

  /** Within a transaction of the caller. */
  async swap(): Promise<void> {
    for (const { name } of this.tables) {
      await this.client.query(`drop table ${name}`);
      await this.client.query(`alter table ${this.shadowOf(name)} set schema ${schemaOf(name)}`);
    }
    await this.client.query(`drop schema ${this.schema}`);
  }

  private shadowOf(name: string): string {
    return `${this.schema}.${name.slice(name.indexOf('.') + 1)}`;
  }
}

const schemaOf = (name: string) => name.slice(0, name.indexOf('.'));

async function* linesOf<Row extends object>(
  table: BulkTable<Row>,
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  for await (const page of pages) {
    if (page.length > 0) yield page.map((row) => copyLine(table.values(row))).join('');
  }
}
