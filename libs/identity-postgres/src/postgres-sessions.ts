import type { StoredSession, StoredSessions } from '@imprest/application';
import type { Pool } from 'pg';
import * as statements from './statements.js';

export class PostgresSessions implements StoredSessions {
  constructor(private readonly pool: Pool) {}

  async open(session: StoredSession, most: number): Promise<void> {
    const { tokenHash, userId, method, openedAt, seenAt, idleEndsAt, endsAt } = session;
    await this.pool.query(statements.OPEN_SESSION, [
      tokenHash,
      userId,
      method,
      openedAt,
      seenAt,
      idleEndsAt,
      endsAt,
      session.secondFactorPending,
      session.browser,
      session.network,
    ]);
    await this.pool.query(statements.END_ALL_BUT_LATEST, [userId, most]);
  }

  async find(tokenHash: string, now: Date): Promise<StoredSession | undefined> {
    return (await this.pool.query<StoredSession>(statements.FIND_SESSION, [tokenHash, now]))
      .rows[0];
  }

  async of(userId: string, now: Date): Promise<readonly StoredSession[]> {
    return (await this.pool.query<StoredSession>(statements.SESSIONS_OF, [userId, now])).rows;
  }

  async touch(tokenHash: string, seenAt: Date, idleEndsAt: Date): Promise<void> {
    await this.pool.query(statements.TOUCH_SESSION, [tokenHash, seenAt, idleEndsAt]);
  }

  async end(tokenHash: string): Promise<void> {
    await this.pool.query(statements.END_SESSION, [tokenHash]);
  }

  async endAll(userId: string, except: string | null): Promise<number> {
    const { rowCount } = await this.pool.query(statements.END_ALL_SESSIONS, [userId, except]);
    return rowCount ?? 0;
  }
}
