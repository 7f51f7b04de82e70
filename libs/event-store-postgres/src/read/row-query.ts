import pg from 'pg';
import type { WireRow } from './recorded-event-row.js';

export interface RowStatement {
  /** Of the prepared statement: one per text. */
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/**
 * A prepared query that keeps rows as the strings the wire carried. The driver's own path calls a
 * parser per column and copies each row, which costs a third of the replay rate.
 */
class RowQuery extends pg.Query {
  readonly wireRows: WireRow[] = [];

  /** Part of the contract between node-postgres and what it is given to run. */
  handleDataRow(message: { readonly fields: string[] }): void {
    this.wireRows.push(message.fields);
  }
}

/** Columns must not be null. */
export function queryRows(
  client: pg.ClientBase,
  statement: RowStatement,
): Promise<readonly WireRow[]> {
  return new Promise((resolve, reject) => {
    const query = new RowQuery(statement, (error) =>
      error ? reject(error) : resolve(query.wireRows),
    );
    client.query(query);
  });
}
