import type { WebhookAttemptOutcome } from '@imprest/domain';
import type { DataSource } from 'typeorm';
import {
  WebhookAttemptRow,
  type WebhookEventType,
  WebhookMessageRow,
  type WebhookMessageStatus,
} from '../entities/index.js';
import { type Page, pageOf } from './cursor.js';
import { newestFirst, type PageRequest } from './newest-first.js';

/** Times are ISO 8601. */
export interface WebhookMessageView {
  readonly id: string;
  readonly tenantId: string;
  readonly eventType: WebhookEventType;
  /** Null when it is about no generation. */
  readonly generationId: string | null;
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

export interface WebhookMessageFilter extends PageRequest {
  /** All tenants when absent. */
  readonly tenantId?: string;
  readonly generationId?: string;
  readonly status?: WebhookMessageStatus;
}

export class WebhookQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. @throws InvalidCursor, RangeError */
  async listMessages(filter: WebhookMessageFilter): Promise<Page<WebhookMessageView>> {
    const query = this.dataSource.getRepository(WebhookMessageRow).createQueryBuilder('message');
    for (const property of ['tenantId', 'generationId', 'status'] as const) {
      const value = filter[property];
      if (value !== undefined)
        query.andWhere(`message.${property} = :${property}`, { [property]: value });
    }
    const rows = await newestFirst(query, 'createdAt', filter);
    return pageOf(rows, filter.limit, messageView, ({ createdAt, id }) => [
      createdAt.toISOString(),
      id,
    ]);
  }

  async get(id: string): Promise<WebhookMessageView | undefined> {
    const row = await this.dataSource.getRepository(WebhookMessageRow).findOneBy({ id });
    return row === null ? undefined : messageView(row);
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
