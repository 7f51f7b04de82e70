import type { Actor } from '@imprest/event-catalogue';
import type { DataSource } from 'typeorm';
import { AuditTrailRow } from '../entities/index.js';
import type { Page } from './cursor.js';
import { sortedPage } from './sorted-page.js';
import { type SortedPageRequest, Sorting, time } from './sorting.js';

const orders = new Sorting({ at: time('at') }, '-at');

export interface AuditFilter extends SortedPageRequest<'at'> {
  /** Name of an operator's key, or id of a user. */
  readonly actor?: string;
  /** Type of the event. */
  readonly action?: string;
  /** What kind of thing it was done to: category of its stream. */
  readonly category?: string;
  /** Id of what it was done to, or of anything that the event names. */
  readonly target?: string;
  readonly tenantId?: string;
  /** Inclusive. */
  readonly since?: Date;
  /** Exclusive. */
  readonly until?: Date;
}

export interface AuditView {
  readonly eventId: string;
  readonly at: string;
  readonly actor: Actor;
  readonly action: string;
  readonly stream: string;
  readonly category: string;
  readonly targets: readonly string[];
  readonly revision: number;
  readonly position: string;
  readonly correlationId: string;
  readonly tenantId: string | null;
  readonly reason: string | null;
}

/** What operators and members did. */
export class AuditTrailQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Where an event is, if it is one of these. */
  async find(eventId: string): Promise<Pick<AuditView, 'stream' | 'revision'> | undefined> {
    const row = await this.dataSource.getRepository(AuditTrailRow).findOneBy({ id: eventId });
    return row === null ? undefined : { stream: row.stream, revision: row.revision };
  }

  /** Newest first. @throws InvalidCursor, RangeError */
  async search(filter: AuditFilter): Promise<Page<AuditView>> {
    const { actor, action, category, target, tenantId, since, until } = filter;
    const query = this.dataSource.getRepository(AuditTrailRow).createQueryBuilder('deed');
    if (actor !== undefined) query.andWhere('deed.actorId = :actor', { actor });
    if (action !== undefined) query.andWhere('deed.action = :action', { action });
    if (category !== undefined) query.andWhere('deed.category = :category', { category });
    if (target !== undefined) query.andWhere('deed.targets @> array[:target]', { target });
    if (tenantId !== undefined) query.andWhere('deed.tenantId = :tenantId', { tenantId });
    if (since !== undefined) query.andWhere('deed.at >= :since', { since });
    if (until !== undefined) query.andWhere('deed.at < :until', { until });
    return sortedPage(query, orders, filter, { item: auditView });
  }
}

function auditView(row: AuditTrailRow): AuditView {
  const { id, at, actorKind, actorId, position, ...rest } = row;
  return {
    ...rest,
    eventId: id,
    at: at.toISOString(),
    actor: { kind: actorKind, id: actorId },
    position: position.toString(),
  };
}
