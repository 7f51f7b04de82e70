import type { TopUpIndex, TopUpRecord, WatchedTopUp } from '@imprest/application';
import type { TopUpStatus } from '@imprest/domain';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { TopUpRow } from '../entities/index.js';
import { topUpRecord } from '../projections/top-ups.js';
import type { Page } from './cursor.js';
import { sortedPage } from './sorted-page.js';
import { type SortedPageRequest, Sorting, time } from './sorting.js';

export interface TopUpFilter extends SortedPageRequest<'createdAt'> {
  /** All tenants when absent. */
  readonly tenantId?: string;
  readonly status?: TopUpStatus;
  readonly provider?: string;
  /** Inclusive, of the time of the order. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

const PAGE = 200;
const WAITING = "('requested', 'open', 'pending')";

const keys = { createdAt: time('createdAt') };
const orders = new Sorting(keys, '-createdAt');
const reviewOrders = new Sorting(keys, 'createdAt');

/** Lists of top-ups; they follow the events by moments. */
export class TopUpQueries implements TopUpIndex {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first, unless asked otherwise. @throws InvalidCursor, RangeError */
  list(filter: TopUpFilter): Promise<Page<TopUpRecord>> {
    const query = this.rows();
    for (const property of ['tenantId', 'status', 'provider'] as const) {
      const value = filter[property];
      if (value !== undefined)
        query.andWhere(`topUp.${property} = :${property}`, { [property]: value });
    }
    const { from, to } = filter;
    if (from !== undefined) query.andWhere('topUp.createdAt >= :from', { from });
    if (to !== undefined) query.andWhere('topUp.createdAt < :to', { to });
    return sortedPage(query, orders, filter, { item: topUpRecord });
  }

  /** What somebody has to decide on, the longest waiting first unless asked otherwise. @throws InvalidCursor, RangeError */
  underReview(request: SortedPageRequest<'createdAt'>): Promise<Page<TopUpRecord>> {
    const query = this.rows().where('topUp.underReview');
    return sortedPage(query, reviewOrders, request, { item: topUpRecord });
  }

  waiting(now: Date): AsyncIterable<WatchedTopUp> {
    const isWorthIt = "(topUp.provider <> 'manual' or topUp.expiresAt <= :now)";
    return this.watched(`topUp.status in ${WAITING} and ${isWorthIt}`, { now });
  }

  disputed(): AsyncIterable<WatchedTopUp> {
    return this.watched("topUp.status = 'disputed'");
  }

  countWaiting(tenantId: string): Promise<number> {
    return this.rows()
      .where(`topUp.status in ${WAITING}`)
      .andWhere('topUp.tenantId = :tenantId', { tenantId })
      .getCount();
  }

  private rows(): SelectQueryBuilder<TopUpRow> {
    return this.dataSource.getRepository(TopUpRow).createQueryBuilder('topUp');
  }

  private async *watched(condition: string, parameters = {}): AsyncIterable<WatchedTopUp> {
    let rows: TopUpRow[];
    let last: TopUpRow | undefined;
    do {
      const query = this.rows().where(condition, parameters);
      if (last !== undefined) {
        query.andWhere('(topUp.createdAt, topUp.id) > (:at, :id)', {
          at: last.createdAt,
          id: last.id,
        });
      }
      rows = await oldestFirst(query).limit(PAGE).getMany();
      yield* rows.map(watchedTopUp);
      last = rows.at(-1);
    } while (rows.length === PAGE);
  }
}

function watchedTopUp({ id, provider, state }: TopUpRow): WatchedTopUp {
  const checkout = state.checkout as { readonly id: string } | null;
  return { id, provider, checkoutId: checkout?.id ?? null };
}

function oldestFirst(query: SelectQueryBuilder<TopUpRow>): SelectQueryBuilder<TopUpRow> {
  return query.orderBy('topUp.createdAt', 'ASC').addOrderBy('topUp.id', 'ASC');
}
