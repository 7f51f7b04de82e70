import type { Client } from 'pg';
import { restartAt } from '../consuming/restart-at.js';
import { sqlTransaction } from '../sql/sql-transaction.js';

/**
 * Streams that are parked belong to the tables that lack their events, and go aside with them. They are kept as
 * documents, so that a later migration may give the live ones more columns.
 */
export class ParkedAside {
  constructor(
    private readonly client: Client,
    private readonly schema: string,
    private readonly consumer: string,
  ) {}

  async create(): Promise<void> {
    await this.client.query(`create table ${this.schema}.parked (document jsonb not null)`);
  }

  /** By stream, the revision from which on its events are missing in the tables that are aside. */
  async revisions(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.client.query<{ stream: string; revision: number }>(
      `select document ->> 'stream' as stream, (document ->> 'revision')::int as revision
       from ${this.schema}.parked`,
    );
    return new Map(rows.map(({ stream, revision }) => [stream, revision]));
  }

  /** Sends the consumer on from `position`, with what was aside parked and what was parked aside. */
  async exchange(position: bigint): Promise<void> {
    const { client, schema, consumer } = this;
    await client.query(`alter table ${schema}.parked rename to parked_before`);
    await this.create();
    await client.query(
      `insert into ${schema}.parked
       select to_jsonb(parked) from read_models.parked_streams as parked
       where consumer = $1 and not released`,
      [consumer],
    );
    await restartAt(sqlTransaction(client), consumer, position);
    const back = await client.query(
      `insert into read_models.parked_streams
       select (jsonb_populate_record(null::read_models.parked_streams, document)).*
       from ${schema}.parked_before`,
    );
    await client.query('update read_models.checkpoints set parked = $2 where consumer = $1', [
      consumer,
      back.rowCount,
    ]);
    await client.query(`drop table ${schema}.parked_before`);
  }
}
