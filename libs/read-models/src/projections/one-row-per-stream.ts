import type { SqlTransaction } from '@imprest/application';
import { type RecordedEvent, streamId } from '@imprest/event-catalogue';
import type { BulkTable } from '../sql/bulk-table.js';
import { isNext } from './stream-order.js';

interface StreamRow {
  readonly id: string;
  readonly revision: number;
}

/** Folds events into a table that has one row for each stream, under the stream's id. @throws StreamGap */
export async function foldIntoRows<Row extends StreamRow>(
  events: readonly RecordedEvent[],
  sql: SqlTransaction,
  table: BulkTable<Row>,
  apply: (row: Row | undefined, event: RecordedEvent) => Row,
): Promise<void> {
  const ids = new Set(events.map(({ stream }) => streamId(stream)));
  const known = await table.load(
    sql,
    [...ids].map((id) => ({ id }) as Partial<Row>),
  );
  const rows = new Map(known.map((row) => [row.id, row]));
  for (const event of events) {
    const id = streamId(event.stream);
    const row = rows.get(id);
    if (isNext(event, row?.revision ?? -1)) rows.set(id, apply(row, event));
  }
  await table.upsert(sql, [...rows.values()]);
}
