import { InvalidCursor } from '@imprest/application';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { EndUserRow } from '../entities/index.js';
import { assertLimit, decodeCursor, type Page, pageOf } from './cursor.js';
import { newestFirst, type PageRequest } from './newest-first.js';

/** What is known of an end user, as plain JSON: amounts are decimal strings, times ISO 8601. */
export interface EndUserView {
  readonly id: string;
  readonly tenantId: string;
  /** The sealed e-mail. */
  readonly confidential: string;
  readonly dataKeyId: string;
  readonly generations: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly tokensCharged: string;
  readonly refusedPrompts: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly state: 'active' | 'blocked';
  readonly blockedReason: string | null;
}

export const endUserOrders = ['firstSeen', 'lastSeen', 'spent'] as const;
export type EndUserOrder = (typeof endUserOrders)[number];

export interface EndUserFilter extends PageRequest {
  readonly tenantId: string;
  readonly state?: EndUserView['state'];
  /** By the time of the first request when absent. A cursor is of the order it was given out in. */
  readonly sort?: EndUserOrder;
}

/** End users with an e-mail: one that was erased, or whose registration is not projected yet, is not found. */
export class EndUserQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest, latest or largest first. @throws InvalidCursor, RangeError */
  async list(request: EndUserFilter): Promise<Page<EndUserView>> {
    const { tenantId, state, sort = 'firstSeen', limit } = request;
    const query = this.registered(tenantId);
    if (state !== undefined) query.andWhere('endUser.state = :state', { state });
    if (sort === 'spent') {
      const rows = await this.largestFirst(query, request);
      return pageOf(rows, limit, viewOf, ({ tokensCharged, id }) => [`${tokensCharged}`, id]);
    }
    const rows = await newestFirst(query, sort, request);
    return pageOf(rows, limit, viewOf, (row) => [row[sort].toISOString(), row.id]);
  }

  async get(tenantId: string, id: string): Promise<EndUserView | undefined> {
    const row = await this.registered(tenantId).andWhere('endUser.id = :id', { id }).getOne();
    return row === null ? undefined : viewOf(row);
  }

  /** Those of the ids that are found. */
  async byIds(tenantId: string, ids: readonly string[]): Promise<readonly EndUserView[]> {
    if (ids.length === 0) return [];
    const query = this.registered(tenantId).andWhere('endUser.id = any(:ids)', { ids });
    return (await query.getMany()).map(viewOf);
  }

  private async largestFirst(
    query: SelectQueryBuilder<EndUserRow>,
    { cursor, limit }: PageRequest,
  ): Promise<EndUserRow[]> {
    assertLimit(limit);
    if (cursor !== undefined) {
      const [spent, id] = decodeCursor(cursor, 2) as [string, string];
      if (!/^\d{1,18}$/.test(spent)) throw new InvalidCursor();
      query.andWhere('(endUser.tokensCharged, endUser.id) < (:spent, :id)', { spent, id });
    }
    return query
      .orderBy('endUser.tokensCharged', 'DESC')
      .addOrderBy('endUser.id', 'DESC')
      .limit(limit + 1)
      .getMany();
  }

  private registered(tenantId: string) {
    return this.dataSource
      .getRepository(EndUserRow)
      .createQueryBuilder('endUser')
      .where('endUser.tenantId = :tenantId', { tenantId })
      .andWhere('endUser.confidential is not null');
  }
}

function viewOf({ erased: _erased, revision: _revision, ...row }: EndUserRow): EndUserView {
  return {
    ...row,
    confidential: row.confidential ?? '',
    dataKeyId: row.dataKeyId ?? '',
    tokensCharged: row.tokensCharged.toString(),
    firstSeen: row.firstSeen.toISOString(),
    lastSeen: row.lastSeen.toISOString(),
  };
}
