import type { TopUpIndex, TopUpRecord, WatchedTopUp } from '@imprest/application';
import type { TopUpStatus } from '@imprest/domain';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { TopUpRow } from '../entities/index.js';
import { topUpRecord } from '../projections/top-ups.js';
import { assertLimit, decodeTimeAndId, type Page, pageOf } from './cursor.js';
import { newestFirst, type PageRequest } from './newest-first.js';

export interface TopUpFilter extends PageRequest {
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

const cursorOf = ({ createdAt, id }: TopUpRow) => [createdAt.toISOString(), id];

/** Lists of top-ups; they follow the events by moments. */
export class TopUpQueries implements TopUpIndex {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. @throws InvalidCursor, RangeError */
  async list(filter: TopUpFilter): Promise<Page<TopUpRecord>> {
    const query = this.rows();
    for (const property of ['tenantId', 'status', 'provider'] as const) {
      const value = filter[property];
      if (value !== undefined)
        query.andWhere(`topUp.${property} = :${property}`, { [property]: value });
    }
    const { from, to, limit } = filter;
    if (from !== undefined) query.andWhere('topUp.createdAt >= :from', { from });
    if (to !== undefined) query.andWhere('topUp.createdAt < :to', { to });
    return pageOf(await newestFirst(query, 'createdAt', filter), limit, topUpRecord, cursorOf);
  }

  /** What somebody has to decide on, the longest waiting first. @throws InvalidCursor, RangeError */
  async underReview({ cursor, limit }: PageRequest): Promise<Page<TopUpRecord>> {
    assertLimit(limit);
    const query = this.rows().where('topUp.underReview');
    if (cursor !== undefined) {
      const { at, id } = decodeTimeAndId(cursor);
      query.andWhere('(topUp.createdAt, topUp.id) > (:at, :id)', { at, id });
    }
    const rows = await oldestFirst(query)
      .limit(limit + 1)
      .getMany();
    return pageOf(rows, limit, topUpRecord, cursorOf);
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
