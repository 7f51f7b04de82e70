import { Backoff, pause } from '@imprest/application';
import pg from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

export interface ConnectionOptions {
  readonly connectionString: string;
  readonly applicationName: string;
  /** Longest wait for the answer to one statement. */
  readonly answerTimeoutMs: number;
}

export function clientConfig({
  connectionString,
  applicationName,
}: ConnectionOptions): pg.ClientConfig {
  return {
    connectionString,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  };
}

/** One dedicated connection, opened again on demand after it was lost. */
export class Session {
  private client: pg.Client | undefined;
  private readonly backoff = new Backoff();
  private notBefore = 0;
  private readonly closing = new AbortController();

  /** @param prepare statements run on every new connection before anything else. */
  constructor(
    private readonly options: ConnectionOptions,
    private readonly prepare: readonly string[],
    private readonly onNotification: (payload: string) => void = () => undefined,
  ) {}

  /**
   * The open connection, or a new one; waits first when the last attempt has failed just now.
   * @throws what the attempt to connect threw
   */
  async open(): Promise<pg.Client> {
    if (this.client !== undefined) return this.client;
    const wait = this.notBefore - performance.now();
    if (wait > 0) await pause(wait, this.closing.signal);
    if (this.closing.signal.aborted) throw new Error('the connection was closed');
    try {
      this.client = await this.connect();
      this.backoff.reset();
      return this.client;
    } catch (error) {
      this.notBefore = performance.now() + this.backoff.next();
      throw error;
    }
  }

  /** Cuts the connection at once: whatever runs on it fails, its outcome unknown. */
  discard(): void {
    const { client } = this;
    this.client = undefined;
    client?.connection.stream.destroy();
  }

  async close(): Promise<void> {
    this.closing.abort();
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client(clientConfig(this.options));
    const lost = () => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => this.onNotification(payload ?? ''));
    try {
      await client.connect();
      for (const statement of this.prepare) await client.query(statement);
      return client;
    } catch (error) {
      client.connection.stream.destroy();
      throw error;
    }
  }
}
