import type { RecoverablePage, WebhookMessageIndex } from '@imprest/application';
import type {
  RecoverySelection,
  WebhookAttemptOutcome,
  WebhookMessageStatus,
} from '@imprest/domain';
import type { DataSource } from 'typeorm';
import { WebhookAttemptRow, type WebhookEventType, WebhookMessageRow } from '../entities/index.js';
import { assertLimit, decodeTimeAndId, encodeCursor, type Page } from './cursor.js';
import { sortedPage } from './sorted-page.js';
import { type SortedPageRequest, Sorting, time } from './sorting.js';

/** Times are ISO 8601. */
export interface WebhookMessageView {
  readonly id: string;
  readonly tenantId: string;
  readonly eventType: WebhookEventType;
  /** Null when it is about no generation. */
  readonly generationId: string | null;
  /** Null for a URL that came with its subject. */
  readonly endpointId: string | null;
  readonly status: WebhookMessageStatus;
  readonly attempts: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface WebhookAttemptView {
  /** From 1. */
  readonly attempt: number;
  readonly at: string;
  readonly outcome: WebhookAttemptOutcome;
  /** HTTP status, null when there was no answer. */
  readonly status: number | null;
  readonly error: string | null;
  readonly elapsedMs: number;
  readonly nextAttemptAt: string | null;
}

export interface WebhookMessageFilter extends SortedPageRequest<'createdAt'> {
  /** All tenants when absent. */
  readonly tenantId?: string;
  readonly generationId?: string;
  readonly endpointId?: string;
  readonly status?: WebhookMessageStatus;
}

const orders = new Sorting({ createdAt: time('createdAt') }, '-createdAt');

const RECOVERABLE = `
  select id, created_at as at from read_models.webhook_messages
  where tenant_id = $1 and status = any($2) and created_at >= $3 and created_at < $4
    and ($5::text is null or endpoint_id = $5)
    and ($6::timestamptz is null or (created_at, id) > ($6, $7))
  order by created_at, id limit $8`;

/** Newest first; a busy tenant's latest messages say how its endpoints do. */
const RECENT_OUTCOMES = `
  with latest as (
    select id, endpoint_id from read_models.webhook_messages
    where tenant_id = $1 order by created_at desc, id desc limit 1000
  ), attempts as (
    select endpoint_id, outcome, at, row_number() over (partition by endpoint_id order by at desc) as place
    from latest join read_models.webhook_attempts on message_id = latest.id
    where endpoint_id is not null
  )
  select endpoint_id as "endpointId", array_agg(outcome order by at desc) as outcomes
  from attempts where place <= $2 group by endpoint_id`;

export class WebhookQueries implements WebhookMessageIndex {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. @throws InvalidCursor, RangeError */
  listMessages(filter: WebhookMessageFilter): Promise<Page<WebhookMessageView>> {
    const query = this.dataSource.getRepository(WebhookMessageRow).createQueryBuilder('message');
    for (const property of ['tenantId', 'generationId', 'endpointId', 'status'] as const) {
      const value = filter[property];
      if (value !== undefined)
        query.andWhere(`message.${property} = :${property}`, { [property]: value });
    }
    return sortedPage(query, orders, filter, { item: messageView });
  }

  async get(id: string): Promise<WebhookMessageView | undefined> {
    const row = await this.dataSource.getRepository(WebhookMessageRow).findOneBy({ id });
    return row === null ? undefined : messageView(row);
  }

  /** Messages of a selection, the oldest first. @throws InvalidCursor, RangeError */
  async recoverable(
    tenantId: string,
    { endpointId, statuses, since, until }: RecoverySelection,
    after: string | null,
    limit: number,
  ): Promise<RecoverablePage> {
    assertLimit(limit);
    const from = after === null ? undefined : decodeTimeAndId(after);
    const parameters = [tenantId, statuses, since, until, endpointId, from?.at, from?.id, limit];
    const rows: { id: string; at: Date }[] = await this.dataSource.query(RECOVERABLE, parameters);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return {
      ids: rows.map(({ id }) => id),
      next: last ? encodeCursor([last.at.toISOString(), last.id]) : null,
    };
  }

  /** Outcomes of each endpoint's last attempts, newest first, among the tenant's last 1,000 messages. */
  async recentOutcomes(
    tenantId: string,
    limit: number,
  ): Promise<ReadonlyMap<string, readonly WebhookAttemptOutcome[]>> {
    const rows: { endpointId: string; outcomes: WebhookAttemptOutcome[] }[] =
      await this.dataSource.query(RECENT_OUTCOMES, [tenantId, limit]);
    return new Map(rows.map(({ endpointId, outcomes }) => [endpointId, outcomes]));
  }

  /** In their order; a message has a few dozen at most. */
  async attempts(messageId: string): Promise<readonly WebhookAttemptView[]> {
    const rows = await this.dataSource
      .getRepository(WebhookAttemptRow)
      .find({ where: { messageId }, order: { attempt: 'ASC' } });
    return rows.map(({ messageId: _messageId, at, nextAttemptAt, ...row }) => ({
      ...row,
      at: at.toISOString(),
      nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    }));
  }
}

function messageView({ revision: _revision, ...row }: WebhookMessageRow): WebhookMessageView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
