import type { IdentityStore, SignInTries } from '@imprest/application';
import { Pool } from 'pg';
import { PostgresLinks } from './postgres-links.js';
import { PostgresSessions } from './postgres-sessions.js';
import { PostgresUsers } from './postgres-users.js';
import * as statements from './statements.js';

export interface PostgresIdentityStoreOptions {
  readonly connectionString: string;
  /** Told about lost connections; they are opened again by themselves. */
  readonly onTrouble?: (error: Error) => void;
}

class PostgresTries implements SignInTries {
  constructor(private readonly pool: Pool) {}

  async take(
    counter: string,
    limit: number,
    windowMs: number,
    now: Date,
  ): Promise<Date | undefined> {
    const { rows } = await this.pool.query<{ readonly count: number; readonly endsAt: Date }>(
      statements.TAKE_TRY,
      [counter, now, new Date(now.getTime() + windowMs)],
    );
    const [row] = rows;
    return row === undefined || row.count <= limit ? undefined : row.endsAt;
  }

  async clear(counter: string): Promise<void> {
    await this.pool.query(statements.CLEAR_TRIES, [counter]);
  }
}

export class PostgresIdentityStore implements IdentityStore {
  readonly users: PostgresUsers;
  readonly sessions: PostgresSessions;
  readonly links: PostgresLinks;
  readonly tries: PostgresTries;
  private readonly pool: Pool;
  private closing: Promise<void> | undefined;

  constructor({ connectionString, onTrouble = () => {} }: PostgresIdentityStoreOptions) {
    this.pool = new Pool({
      connectionString,
      application_name: 'imprest identity',
      max: 4,
      connectionTimeoutMillis: 5_000,
      query_timeout: 30_000,
    });
    this.pool.on('error', onTrouble);
    this.users = new PostgresUsers(this.pool);
    this.sessions = new PostgresSessions(this.pool);
    this.links = new PostgresLinks(this.pool);
    this.tries = new PostgresTries(this.pool);
  }

  async sweep(now: Date): Promise<void> {
    for (const text of statements.SWEEPS) await this.pool.query(text, [now]);
  }

  close(): Promise<void> {
    this.closing ??= this.pool.end();
    return this.closing;
  }
}
