import { timingSafeEqual } from 'node:crypto';
import { type DataKey, type DataKeys, DataKeysUnavailable } from '@imprest/application';
import { Pool } from 'pg';
import { BatchedLookup } from './batched-lookup.js';
import { ExpiringCache } from './expiring-cache.js';
import { KeyDerivation, type KeyRow } from './key-derivation.js';
import { KeyPool } from './key-pool.js';
import { isKeyId, KeyTable } from './key-table.js';

const CACHED_KEYS = 2_048;
const LONGEST_CACHE_LIFE_MS = 5_000;
const TIMEOUT_MS = 5_000;
const POOL = { refillSize: 512, lowMark: 512, timeoutMs: TIMEOUT_MS, retryAfterMs: 250 };

export type PostgresDataKeysOptions = {
  /** 32 bytes, kept outside the database. */
  readonly masterKey: Uint8Array;
  /** How long a key that another process destroyed may still open here; 5000, which is also the most. */
  readonly cacheLifeMs?: number;
} & (
  | { readonly connectionString: string }
  /** Stays open when the keys are closed. */
  | { readonly pool: Pool }
);

/** The database was filled under another master key: nothing in it could be opened. */
export class MasterKeyMismatch extends Error {
  override readonly name = 'MasterKeyMismatch';
  constructor() {
    super('the data keys of this database belong to another master key');
  }
}

export class PostgresDataKeys implements DataKeys {
  private readonly lookup: BatchedLookup<DataKey>;
  /** Grows with every destroy, so that a lookup begun before it caches nothing. */
  private destructions = 0;

  private constructor(
    private readonly derivation: KeyDerivation,
    private readonly table: KeyTable,
    private readonly pool: KeyPool,
    private readonly cache: ExpiringCache<DataKey>,
    private readonly disconnect: () => Promise<void>,
  ) {
    this.lookup = new BatchedLookup((ids) => this.readKeys(ids));
  }

  /**
   * Ready to hand out keys when resolved.
   * @throws RangeError for a master key of another size than 32 bytes, or a cache life above 5 s
   * @throws MasterKeyMismatch
   * @throws DataKeysUnavailable when the database does not answer or lacks the migrations
   */
  static async connect(options: PostgresDataKeysOptions): Promise<PostgresDataKeys> {
    const derivation = new KeyDerivation(options.masterKey);
    const cache = new ExpiringCache<DataKey>(CACHED_KEYS, cacheLife(options));
    const [database, disconnect] =
      'pool' in options ? [options.pool, async () => {}] : own(options);
    const table = new KeyTable(database);
    const pool = new KeyPool((count) => table.insert(count), POOL);
    try {
      const proof = await available(table.provenBy(derivation.proof));
      if (!timingSafeEqual(proof, derivation.proof)) throw new MasterKeyMismatch();
      await pool.refill();
    } catch (error) {
      await disconnect();
      throw error;
    }
    return new PostgresDataKeys(derivation, table, pool, cache, disconnect);
  }

  take(): DataKey | Promise<DataKey> {
    this.pool.assertOpen();
    const row = this.pool.take();
    if (row !== undefined) return this.handOut(row);
    return this.pool.takeAfterRefill().then((late) => this.handOut(late));
  }

  async open(ids: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    const found = new Map<string, DataKey>();
    const missing: string[] = [];
    for (const id of ids) {
      const key = this.cache.get(id);
      if (key !== undefined) found.set(id, key);
      else if (isKeyId(id)) missing.push(id);
    }
    if (missing.length === 0) return found;
    const loaded = await this.lookup.load(missing);
    for (const id of missing) {
      const key = loaded.get(id);
      if (key !== undefined) found.set(id, key);
    }
    return found;
  }

  async destroy(ids: readonly string[]): Promise<void> {
    const known = ids.filter(isKeyId);
    if (known.length === 0) return;
    await available(this.table.delete(known));
    this.destructions += 1;
    for (const id of known) this.cache.delete(id);
  }

  async close(): Promise<void> {
    const unused = await this.pool.close();
    this.cache.clear();
    // Rows left behind by a crash or a failure here open nothing, as nothing was sealed with them.
    if (unused.length > 0) await this.table.delete(unused.map((row) => row.id)).catch(() => {});
    await this.disconnect();
  }

  private handOut(row: KeyRow): DataKey {
    const key = { id: row.id, secret: this.derivation.secretOf(row) };
    this.cache.set(key.id, key);
    return key;
  }

  private async readKeys(ids: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    const [since, destructions] = [performance.now(), this.destructions];
    const rows = await available(this.table.select(ids));
    const keys = rows.map((row) => ({ id: row.id, secret: this.derivation.secretOf(row) }));
    if (destructions === this.destructions) {
      for (const key of keys) this.cache.set(key.id, key, since);
    }
    return new Map(keys.map((key) => [key.id, key]));
  }
}

function cacheLife({ cacheLifeMs = LONGEST_CACHE_LIFE_MS }: PostgresDataKeysOptions): number {
  if (cacheLifeMs <= LONGEST_CACHE_LIFE_MS) return cacheLifeMs;
  throw new RangeError(`a data key may be cached for at most ${LONGEST_CACHE_LIFE_MS} ms`);
}

function own({ connectionString }: { connectionString: string }): [Pool, () => Promise<void>] {
  const pool = new Pool({
    connectionString,
    max: 3,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  let ended = false;
  const disconnect = async () => {
    if (ended) return;
    ended = true;
    await pool.end();
  };
  return [pool, disconnect];
}

async function available<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (cause) {
    throw new DataKeysUnavailable('the database of data keys does not answer', { cause });
  }
}
