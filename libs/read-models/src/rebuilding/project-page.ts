import type { RecordedEvent } from '@imprest/event-catalogue';
import type { Client } from 'pg';
import type { TableProjector } from '../projections/table-projector.js';
import { sqlTransaction } from '../sql/sql-transaction.js';
import { EventNotProjected } from './rebuild-errors.js';

/**
 * Projects a page within a transaction of the caller. A page that fails is gone through event by event, so that
 * whoever has to put it right is told which one it is. @throws EventNotProjected
 */
export async function projectPage(
  client: Client,
  projector: TableProjector,
  events: readonly RecordedEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const sql = sqlTransaction(client);
  await client.query('savepoint page');
  try {
    await projector.project(events, sql);
  } catch (error) {
    await client.query('rollback to savepoint page').catch(() => {
      throw error;
    });
    for (const event of events) {
      await projector.project([event], sql).catch((cause) => {
        throw new EventNotProjected(projector.name, event, cause);
      });
    }
    throw error;
  }
  await client.query('release savepoint page');
}
