import pg from 'pg';

const PATIENCE_MS = 10_000;
/** A session proves itself this many times within the silence that would end it. */
const SIGNS_WITHIN_SILENCE = 4;

export interface LockSessionOptions {
  readonly connectionString: string;
  readonly applicationName: string;
  /** The server ends a session that says nothing for this long, whatever keeps its process silent. */
  readonly silenceMs: number;
}

/** One connection and the advisory locks that live and die with it. */
export class LockSession {
  /** Resolves when the connection is of no use any more: the server lets go of its locks then. */
  readonly gone: Promise<void>;
  /** PostgreSQL gives a session a lock it has once more, so who holds what here is known here only. */
  private readonly held = new Set<string>();
  /** Statements of one session go one after the other. */
  private turn: Promise<unknown> = Promise.resolve();
  private unanswered = 0;
  private isGone = false;
  /** When the last statement that was answered was sent: the server's patience began later than that. */
  private provedAtMs = performance.now();
  private signs: NodeJS.Timeout | undefined;

  private lose: () => void = () => {};

  private constructor(
    private readonly client: pg.Client,
    private readonly silenceMs: number,
  ) {
    this.gone = new Promise((resolve) => {
      this.lose = () => {
        this.isGone = true;
        clearInterval(this.signs);
        resolve();
      };
    });
    client.once('end', () => this.lose());
    client.on('error', () => this.abandon());
  }

  /** @throws what PostgreSQL says when it cannot be reached */
  static async open(options: LockSessionOptions): Promise<LockSession> {
    const { connectionString, applicationName, silenceMs } = options;
    const client = new pg.Client({
      connectionString,
      application_name: applicationName,
      keepAlive: true,
      keepAliveInitialDelayMillis: PATIENCE_MS,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: Math.min(PATIENCE_MS, silenceMs),
    });
    const session = new LockSession(client, silenceMs);
    await client.connect();
    await session.promiseSigns();
    return session;
  }

  /** Whether the server cannot have ended the session yet, by the clock of this process. */
  get isAlive(): boolean {
    return !this.isGone && performance.now() - this.provedAtMs < this.silenceMs;
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
    clearInterval(this.signs);
    await this.client.end().catch(() => undefined);
  }

  /** A process that is frozen, or lost to the network, would hold its locks for as long as it is. */
  private async promiseSigns(): Promise<void> {
    await this.client.query(`set idle_session_timeout = ${Math.ceil(this.silenceMs)}`);
    this.provedAtMs = performance.now();
    this.signs = setInterval(() => {
      if (this.unanswered === 0) this.ask('select true as done').catch(() => undefined);
    }, this.silenceMs / SIGNS_WITHIN_SILENCE);
    this.signs.unref();
  }

  /** A session that has failed to answer may hold what nobody here knows of: it has to end. */
  private ask(sql: string, ...parameters: readonly string[]): Promise<boolean> {
    this.unanswered += 1;
    const answer = this.turn.then(async () => {
      const sentAtMs = performance.now();
      const { rows } = await this.client.query<{ done: boolean }>(sql, [...parameters]);
      this.provedAtMs = sentAtMs;
      return rows[0]?.done === true;
    });
    this.turn = answer
      .catch(() => this.abandon())
      .finally(() => {
        this.unanswered -= 1;
      });
    return answer;
  }

  private abandon(): void {
    this.lose();
    void this.end();
  }
}
