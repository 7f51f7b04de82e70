import type { SqlTransaction } from '@imprest/application';
import type { ClientBase } from 'pg';

/** What a projector may use of a connection that is in a transaction. */
export function sqlTransaction(client: ClientBase): SqlTransaction {
  return {
    query: async <Row>(sql: string, parameters?: readonly unknown[]) =>
      (await client.query(sql, parameters as unknown[])).rows as Row[],
  };
}
