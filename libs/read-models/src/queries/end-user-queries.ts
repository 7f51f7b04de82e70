import type { DataSource } from 'typeorm';
import { EndUserRow } from '../entities/index.js';
import type { Page } from './cursor.js';
import { sortedPage } from './sorted-page.js';
import { type SortedPageRequest, Sorting, time, whole } from './sorting.js';

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

export const endUserSorts = ['firstSeen', 'lastSeen', 'spent'] as const;
export type EndUserSort = (typeof endUserSorts)[number];

export interface EndUserFilter extends SortedPageRequest<EndUserSort> {
  readonly tenantId: string;
  readonly state?: EndUserView['state'];
}

const orders = new Sorting<EndUserSort>(
  {
    firstSeen: time('firstSeen'),
    lastSeen: time('lastSeen'),
    spent: whole('tokensCharged'),
  },
  '-firstSeen',
);

/** End users with an e-mail: one that was erased, or whose registration is not projected yet, is not found. */
export class EndUserQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Who came last comes first, unless asked otherwise. @throws InvalidCursor, RangeError */
  list(request: EndUserFilter): Promise<Page<EndUserView>> {
    const { tenantId, state } = request;
    const query = this.registered(tenantId);
    if (state !== undefined) query.andWhere('endUser.state = :state', { state });
    return sortedPage(query, orders, request, { item: viewOf });
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
