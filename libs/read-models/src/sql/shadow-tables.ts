import type { Client } from 'pg';

interface IndexDefinition {
  readonly name: string;
  readonly primary: boolean;
  /** Null for an index that belongs to no constraint. */
  readonly constraint: string | null;
  readonly definition: string;
}

const OPTIONS = 'select unnest(reloptions) as option from pg_class where oid = $1::regclass';
const GRANTS = `
  select privilege_type || ' on %table% to ' ||
         case grantee when 0 then 'public' else grantee::regrole::text end as grant
  from pg_class, aclexplode(relacl) where oid = $1::regclass and grantee <> relowner`;
const INDEXES = `
  select n.relname as name, i.indisprimary as primary, c.conname as constraint,
         coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) as definition
  from pg_index i
  join pg_class n on n.oid = i.indexrelid
  left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
  where i.indrelid = $1::regclass
  order by i.indisprimary desc, i.indexrelid`;
const COLUMNS = `
  select array_agg(format('%s %s %s', attname, format_type(atttypid, atttypmod), attnotnull)
                   order by attnum) as columns
  from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`;

/**
 * Tables like live ones, in a schema of their own beside them, to be filled and then exchanged with them.
 * Their definition is read from the live ones, so there is no second copy of it to fall behind.
 */
export class ShadowTables {
  constructor(
    private readonly client: Client,
    private readonly schema: string,
    /** Names of the live tables, with their schema. */
    private readonly names: readonly string[],
  ) {}

  /** Empty and without indexes, since filling a table first and indexing it then is cheaper. */
  async create(): Promise<void> {
    await this.drop();
    await this.client.query(`create schema ${this.schema}`);
    for (const name of this.names) {
      const { rows } = await this.client.query<{ option: string }>(OPTIONS, [name]);
      const options = rows.map(({ option }) => option).join(', ');
      const like = `like ${name} including defaults including constraints`;
      const storage = options === '' ? '' : ` with (${options})`;
      const shadow = this.shadowOf(name);
      await this.client.query(`create table ${shadow} (${like})${storage}`);
      const grants = await this.client.query<{ grant: string }>(GRANTS, [name]);
      for (const { grant } of grants.rows) {
        await this.client.query(`grant ${grant.replace('%table%', shadow)}`);
      }
    }
  }

  /** What upserts and look-ups by key need while the tables are filled. */
  async addPrimaryKeys(): Promise<void> {
    await this.addIndexes(({ primary }) => primary);
  }

  /** Indexes, keys and statistics of the live tables, as far as they are missing. */
  async addAllIndexes(): Promise<void> {
    await this.addIndexes(() => true);
    for (const name of this.names) await this.client.query(`analyze ${this.shadowOf(name)}`);
  }

  /** Whether the live tables still have the columns they had when these were made. */
  async fit(): Promise<boolean> {
    for (const name of this.names) {
      const [live, shadow] = [await this.columns(name), await this.columns(this.shadowOf(name))];
      if (live !== shadow) return false;
    }
    return true;
  }

  /** Live tables become these and these the live ones, within a transaction of the caller. */
  async exchange(): Promise<void> {
    const between = `${this.schema}_between`;
    await this.client.query(`create schema ${between}`);
    for (const name of this.names) {
      await this.client.query(`alter table ${name} set schema ${between}`);
      await this.client.query(`alter table ${this.shadowOf(name)} set schema ${schemaOf(name)}`);
      await this.client.query(`alter table ${between}.${bare(name)} set schema ${this.schema}`);
    }
    await this.client.query(`drop schema ${between}`);
  }

  async drop(): Promise<void> {
    await this.client.query(`drop schema if exists ${this.schema} cascade`);
  }

  private async addIndexes(wanted: (index: IndexDefinition) => boolean): Promise<void> {
    for (const name of this.names) {
      const shadow = this.shadowOf(name);
      const there = new Set((await this.indexes(shadow)).map((index) => index.name));
      const missing = (await this.indexes(name)).filter((index) => !there.has(index.name));
      for (const { constraint, definition } of missing.filter(wanted)) {
        await this.client.query(
          constraint === null
            ? definition.replace(` ON ${name} `, ` ON ${shadow} `)
            : `alter table ${shadow} add constraint ${constraint} ${definition}`,
        );
      }
    }
  }

  private async indexes(table: string): Promise<readonly IndexDefinition[]> {
    return (await this.client.query<IndexDefinition>(INDEXES, [table])).rows;
  }

  private async columns(table: string): Promise<string> {
    const { rows } = await this.client.query<{ columns: string[] }>(COLUMNS, [table]);
    return String(rows[0]?.columns);
  }

  private shadowOf(name: string): string {
    return `${this.schema}.${bare(name)}`;
  }
}

const schemaOf = (name: string) => name.slice(0, name.indexOf('.'));
const bare = (name: string) => name.slice(name.indexOf('.') + 1);
