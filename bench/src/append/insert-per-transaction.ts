import type { AppendResult, EventStore, StreamAppend } from '@imprest/application';
import pg from 'pg';

/**
 * How events are usually written: one INSERT statement, which is one transaction, for each append, on a
 * pool of connections. The unique constraint guards revisions; nothing orders positions by commit.
 */
export class InsertPerTransaction implements Pick<EventStore, 'append'> {
  private readonly pool: pg.Pool;

  constructor(connectionString: string, connections: number) {
    this.pool = new pg.Pool({ connectionString, max: connections });
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    const values: unknown[] = [];
    const rows: string[] = [];
    for (const { stream, expectedRevision, events } of appends) {
      let revision = expectedRevision;
      for (const { eventId, type, version, data, metadata } of events) {
        revision += 1;
        const at = values.length;
        values.push(stream, revision, eventId, type, version);
        values.push(JSON.stringify(data), JSON.stringify(metadata));
        rows.push(`(${Array.from({ length: 7 }, (_, index) => `$${at + index + 1}`).join(', ')})`);
      }
    }
    const result = await this.pool.query<{ position: string }>({
      name: `insert-${rows.length}`,
      text: `insert into event_store.events (stream, revision, event_id, type, version, data, metadata)
             values ${rows.join(', ')} returning position`,
      values,
    });
    return { kind: 'appended', position: BigInt(result.rows.at(-1)?.position ?? 0) };
  }
}
