import { createHash } from 'node:crypto';
import { LockSession } from './lock-session.js';

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
  private session: Promise<LockSession> | undefined;
  private closed = false;

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

  /** Gives up whatever is held. */
  async close(): Promise<void> {
    this.closed = true;
    const session = await this.session?.catch(() => undefined);
    await session?.end();
  }

  private async tryAcquire(key: string): Promise<ExclusiveLock | undefined> {
    this.session ??= this.open();
    const session = await this.session;
    if (!(await session.tryLock(key))) return undefined;
    let released = () => {};
    const release = new Promise<void>((resolve) => {
      released = resolve;
    });
    return {
      lost: Promise.race([session.gone, release]),
      release: async () => {
        released();
        await session.unlock(key);
      },
    };
  }

  /** A session that is gone makes place for a new one, and never for more than the one it was. */
  private open(): Promise<LockSession> {
    const opening = LockSession.open(this.connectionString);
    const forget = () => {
      if (this.session === opening) this.session = undefined;
    };
    opening.then((session) => session.gone.then(forget), forget);
    return opening;
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
