import { createHash } from 'node:crypto';
import { type ExclusiveLock, type ExclusiveLocks, pause } from '@imprest/application';
import pg from 'pg';
import { LockSession, type LockSessionOptions } from './lock-session.js';

export interface PostgresLocksOptions {
  readonly connectionString: string;
  /** Tells people who holds a lock; at most 63 characters. `imprest locks` when absent. */
  readonly applicationName?: string;
  /** A holder that says nothing for this long loses what it holds; 10,000 when absent. */
  readonly silenceMs?: number;
  /** How often a standby asks whether a name is free; 1,000 when absent. */
  readonly retryMs?: number;
}

const HOLDER = `
  select application_name as name from pg_locks join pg_stat_activity using (pid)
   where locktype = 'advisory' and granted and objsubid = 1
     and pg_locks.database = (select oid from pg_database where datname = current_database())
     and (classid::bigint << 32) | objid::bigint = $1::bigint`;

/** Session-level advisory locks are named by a bigint; half of a SHA-256 makes one from a name. */
function lockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE().toString();
}

/**
 * PostgreSQL advisory locks, all on one session. A process that dies takes its session with it, and the
 * server ends the session of one that is frozen or cut off, so a standby gets the lock within `retryMs`
 * of a death and within `silenceMs` more of a silence.
 */
export class PostgresLocks implements ExclusiveLocks {
  private readonly options: LockSessionOptions;
  private readonly retryMs: number;
  private session: Promise<LockSession> | undefined;
  private closed = false;

  constructor(options: PostgresLocksOptions) {
    const { connectionString, applicationName = 'imprest locks' } = options;
    const { silenceMs = 10_000, retryMs = 1_000 } = options;
    this.options = { connectionString, applicationName, silenceMs };
    this.retryMs = retryMs;
  }

  async acquire(name: string, signal: AbortSignal): Promise<ExclusiveLock | undefined> {
    const key = lockKey(name);
    while (!signal.aborted && !this.closed) {
      const lock = await this.tryAcquire(key).catch(() => undefined);
      if (lock !== undefined) return lock;
      await pause(this.retryMs, signal);
    }
    return undefined;
  }

  async close(): Promise<void> {
    this.closed = true;
    const session = await this.session?.catch(() => undefined);
    await session?.end();
  }

  /** Application name of the session that holds a name, undefined when it is free. */
  async holder(name: string): Promise<string | undefined> {
    const client = new pg.Client({ connectionString: this.options.connectionString });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string }>(HOLDER, [lockKey(name)]);
      return rows[0]?.name;
    } finally {
      await client.end();
    }
  }

  private async tryAcquire(key: string): Promise<ExclusiveLock | undefined> {
    this.session ??= this.open();
    const session = await this.session;
    if (!(await session.tryLock(key))) return undefined;
    let isReleased = false;
    let released = () => {};
    const release = new Promise<void>((resolve) => {
      released = resolve;
    });
    return {
      lost: Promise.race([session.gone, release]),
      isHeld: () => !isReleased && session.isAlive,
      release: async () => {
        isReleased = true;
        released();
        await session.unlock(key);
      },
    };
  }

  /** A session that is gone makes place for a new one, and never for more than the one it was. */
  private open(): Promise<LockSession> {
    const opening = LockSession.open(this.options);
    const forget = () => {
      if (this.session === opening) this.session = undefined;
    };
    opening.then((session) => session.gone.then(forget), forget);
    return opening;
  }
}
