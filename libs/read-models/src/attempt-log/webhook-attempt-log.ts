import type { SealedAttempt } from '@imprest/application';
import type { DataSource } from 'typeorm';
import { assertLimit } from '../queries/cursor.js';
import { arrayLiteral } from '../sql/array-literal.js';

const RECORD = `
  insert into read_models.webhook_attempt_log (message_id, attempt, data_key_id, sealed, at)
  select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::timestamptz[])
  where set_config('synchronous_commit', 'off', true) = 'off'
  on conflict (message_id, attempt) do update set
    data_key_id = excluded.data_key_id, sealed = excluded.sealed, at = excluded.at`;
const OF_MESSAGE = `
  select message_id as "messageId", attempt, data_key_id as "dataKeyId", sealed, at
  from read_models.webhook_attempt_log where message_id = $1 order by attempt`;
const SWEEP = `
  delete from read_models.webhook_attempt_log where (message_id, attempt) in (
    select message_id, attempt from read_models.webhook_attempt_log
    where at < $1 order by at limit $2)`;

/**
 * What each attempt sent and was answered, sealed. Not made from events: it is no fact that anybody decides
 * by, and it is gone after its time. What is lost in a crash is lost, and a rebuild leaves it alone.
 */
export class WebhookAttemptLog {
  constructor(private readonly dataSource: DataSource) {}

  /** No two of one message and number; one that was recorded before is replaced. */
  async record(attempts: readonly SealedAttempt[]): Promise<void> {
    if (attempts.length === 0) return;
    await this.dataSource.query(RECORD, [
      arrayLiteral(attempts.map(({ messageId }) => messageId)),
      arrayLiteral(attempts.map(({ attempt }) => attempt)),
      arrayLiteral(attempts.map(({ dataKeyId }) => dataKeyId)),
      arrayLiteral(attempts.map(({ sealed }) => sealed)),
      arrayLiteral(attempts.map(({ at }) => at.toISOString())),
    ]);
  }

  /** In their order. */
  async ofMessage(messageId: string): Promise<readonly SealedAttempt[]> {
    return this.dataSource.query(OF_MESSAGE, [messageId]);
  }

  /** Forgets the oldest attempts from before a time. @returns how many of at most `limit` */
  async sweep(before: Date, limit: number): Promise<number> {
    assertLimit(limit);
    const [, swept]: [unknown, number] = await this.dataSource.query(SWEEP, [before, limit]);
    return swept;
  }
}
