import { createHash } from 'node:crypto';
import pg from 'pg';

const RETRY_MS = 1_000;

/** Session-level advisory locks are named by a bigint; half of a SHA-256 makes one from a name. */
function lockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE().toString();
}

/** Held until released or until the session that holds it is gone. */
export interface ExclusiveLock {
  /** Resolves when the lock is no longer held, whatever the reason. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

/**
 * PostgreSQL advisory locks, all on one session: a process that dies takes its session with it, so a
 * standby gets the lock within RETRY_MS, and there is no time-out to tune.
 */
export class ExclusiveLocks {
  private session: Promise<pg.Client> | undefined;
  /** Statements of one session go one after the other. */
  private turn: Promise<unknown> = Promise.resolve();
  private closed = false;
  private readonly lossListeners = new Set<() => void>();

  constructor(private readonly connectionString: string) {}

  /** Waits until the lock is free. Undefined when `signal` was aborted meanwhile. */
  async acquire(name: string, signal: AbortSignal): Promise<ExclusiveLock | undefined> {
    const key = lockKey(name);
    while (!signal.aborted && !this.closed) {
      const lock = await this.tryAcquire(key).catch(() => undefined);
      if (lock !== undefined) return lock;
      await pause(RETRY_MS, signal);
    }
    return undefined;
  }

  async close(): Promise<void> {
    this.closed = true;
    const session = await this.session?.catch(() => undefined);
    this.session = undefined;
    await session?.end().catch(() => undefined);
  }

  private async tryAcquire(key: string): Promise<ExclusiveLock | undefined> {
    this.session ??= this.connect();
    const session = await this.session;
    const held = await this.call(session, 'select pg_try_advisory_lock($1::bigint) as done', key);
    return held ? this.held(session, key) : undefined;
  }

  private call(session: pg.Client, sql: string, key: string): Promise<boolean> {
    const answer = this.turn.then(() => session.query<{ done: boolean }>(sql, [key]));
    this.turn = answer.catch(() => undefined);
    return answer.then(({ rows }) => rows[0]?.done === true);
  }

  private held(session: pg.Client, key: string): ExclusiveLock {
    let lose = () => {};
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    this.lossListeners.add(lose);
    const release = async () => {
      this.lossListeners.delete(lose);
      lose();
      const sql = 'select pg_advisory_unlock($1::bigint) as done';
      await this.call(session, sql, key).catch(() => undefined);
    };
    return { lost, release };
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.connectionString,
      application_name: 'imprest consumer locks',
      keepAlive: true,
    });
    const gone = () => {
      this.session = undefined;
      for (const lose of this.lossListeners) lose();
      this.lossListeners.clear();
    };
    client.on('error', gone);
    client.on('end', gone);
    try {
      await client.connect();
    } catch (error) {
      this.session = undefined;
      throw error;
    }
    return client;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
