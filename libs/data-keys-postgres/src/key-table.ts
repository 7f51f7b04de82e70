import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { type KeyRow, SALT_BYTES } from './key-derivation.js';

/** One row out, however many keys in: a result row per key would cost more than all the rest. */
const INSERT = `
  with fresh as (
    insert into data_keys.keys (salt)
    select substring($1::bytea from i * ${SALT_BYTES} + 1 for ${SALT_BYTES})
    from generate_series(0, $2::int - 1) i
    returning id, salt
  )
  select array_to_string(array_agg(id order by id), ',') as ids,
         string_agg(salt, ''::bytea order by id) as salts
  from fresh`;
const SELECT = 'select id, salt from data_keys.keys where id = any($1::bigint[])';
const DELETE = 'delete from data_keys.keys where id = any($1::bigint[])';
const PROVE = `
  with first as (
    insert into data_keys.master_key_proof (proof) values ($1) on conflict do nothing returning proof
  )
  select proof from first union all select proof from data_keys.master_key_proof`;

const ID = /^[1-9][0-9]{0,18}$/;
const LARGEST_ID = 2n ** 63n - 1n;

/** Whether the table could hold a key of this id. */
export function isKeyId(id: string): boolean {
  return ID.test(id) && BigInt(id) <= LARGEST_ID;
}

export class KeyTable {
  constructor(private readonly pool: Pool) {}

  /** New rows with salts drawn here, committed when resolved. */
  async insert(count: number): Promise<KeyRow[]> {
    const { rows } = await this.pool.query<{ ids: string; salts: Buffer }>(INSERT, [
      randomBytes(count * SALT_BYTES),
      count,
    ]);
    const { ids, salts } = rows[0]!;
    return ids
      .split(',')
      .map((id, i) => ({ id, salt: salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES) }));
  }

  async select(ids: readonly string[]): Promise<KeyRow[]> {
    return (await this.pool.query<{ id: string; salt: Buffer }>(SELECT, [ids])).rows;
  }

  async delete(ids: readonly string[]): Promise<void> {
    await this.pool.query(DELETE, [ids]);
  }

  /** Stores the proof in a new database; answers the one the database was filled under. */
  async provenBy(proof: Buffer): Promise<Buffer> {
    const { rows } = await this.pool.query<{ proof: Buffer }>(PROVE, [proof]);
    if (rows[0] !== undefined) return rows[0].proof;
    // Another process stored it between our snapshot and our insert.
    return (
      await this.pool.query<{ proof: Buffer }>('select proof from data_keys.master_key_proof')
    ).rows[0]!.proof;
  }
}
