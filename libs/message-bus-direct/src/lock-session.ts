import pg from 'pg';

const PATIENCE_MS = 10_000;

/** One connection and the advisory locks that live and die with it. */
export class LockSession {
  /** Resolves when the connection is of no use any more: the server lets go of its locks then. */
  readonly gone: Promise<void>;
  /** PostgreSQL gives a session a lock it has once more, so who holds what here is known here only. */
  private readonly held = new Set<string>();
  /** Statements of one session go one after the other. */
  private turn: Promise<unknown> = Promise.resolve();

  private lose: () => void = () => {};

  private constructor(private readonly client: pg.Client) {
    this.gone = new Promise((resolve) => {
      this.lose = resolve;
    });
    client.once('end', () => this.lose());
    client.on('error', () => this.abandon());
  }

  /** @throws what PostgreSQL says when it cannot be reached */
  static async open(connectionString: string): Promise<LockSession> {
    const client = new pg.Client({
      connectionString,
      application_name: 'imprest consumer locks',
      keepAlive: true,
      keepAliveInitialDelayMillis: PATIENCE_MS,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    const session = new LockSession(client);
    await client.connect();
    return session;
  }

  /** False when anyone holds it, this session included. @throws when the connection is of no use */
  async tryLock(key: string): Promise<boolean> {
    if (this.held.has(key)) return false;
    this.held.add(key);
    const got = await this.ask('select pg_try_advisory_lock($1::bigint) as done', key);
    if (!got) this.held.delete(key);
    return got;
  }

  async unlock(key: string): Promise<void> {
    await this.ask('select pg_advisory_unlock($1::bigint) as done', key).catch(() => undefined);
    this.held.delete(key);
  }

  async end(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  /** A session that has failed to answer may hold what nobody here knows of: it has to end. */
  private ask(sql: string, key: string): Promise<boolean> {
    const answer = this.turn.then(() => this.client.query<{ done: boolean }>(sql, [key]));
    this.turn = answer.catch(() => this.abandon());
    return answer.then(({ rows }) => rows[0]?.done === true);
  }

  private abandon(): void {
    this.lose();
    void this.end();
  }
}
