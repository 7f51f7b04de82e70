import { EventStoreUnavailable } from '@imprest/application';
import pg from 'pg';
import { type ConnectionOptions, clientConfig } from '../connection/session.js';
import type { WireRow } from './recorded-event-row.js';
import { queryRows, type RowStatement } from './row-query.js';

/**
 * Plans of prepared statements are cached, and a plan made for a small table scans a large one.
 * Every query here is a walk along an index.
 */
const PREPARE_READER =
  'set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_bitmapscan = off';

async function prepareReader(client: pg.ClientBase): Promise<void> {
  // The pool listens on idle clients only; on one at work an error without a listener ends the process.
  client.on('error', () => undefined);
  await client.query(PREPARE_READER);
}

/** A small pool for statements that read. */
export class ReadConnections {
  private readonly pool: pg.Pool;

  constructor(
    readonly options: ConnectionOptions,
    connections: number,
  ) {
    const prepare = { onConnect: prepareReader };
    this.pool = new pg.Pool({ ...clientConfig(options), ...prepare, max: connections });
    // An idle connection that breaks is replaced at the next read.
    this.pool.on('error', () => undefined);
  }

  /** One for several statements, to be released by who asked for it. */
  connect(): Promise<pg.PoolClient> {
    return this.pool.connect();
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  /** @throws EventStoreUnavailable */
  async query(statement: RowStatement): Promise<readonly WireRow[]> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.pool.connect();
      const rows = await this.inTime(client, queryRows(client, statement));
      client.release();
      return rows;
    } catch (error) {
      client?.release(true);
      const reason = error instanceof Error ? error.message : String(error);
      throw new EventStoreUnavailable(`the event store did not answer: ${reason}`, {
        cause: error,
      });
    }
  }

  /**
   * Cuts the connection of an answer that does not come. The driver's own time-out would keep each
   * page from being collected while it is young, which costs a third of the replay rate.
   */
  private async inTime<T>(client: pg.ClientBase, answer: Promise<T>): Promise<T> {
    const { connection } = client as pg.Client;
    const cut = () => connection.stream.destroy();
    const deadline = setTimeout(cut, this.options.answerTimeoutMs);
    try {
      return await answer;
    } finally {
      clearTimeout(deadline);
    }
  }
}
