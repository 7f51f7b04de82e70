import type { DataSource } from 'typeorm';
import { assertLimit, decodeCursor, type Page, pageOf } from './cursor.js';
import type { PageRequest } from './page-request.js';

export const usageDimensions = ['day', 'model', 'apiKey', 'endUser', 'dialect'] as const;
export type UsageDimension = (typeof usageDimensions)[number];

export interface UsageFilter extends PageRequest {
  readonly tenantId: string;
  /** Days of UTC such as 2026-11-20; inclusive. */
  readonly from?: string;
  /** Exclusive. */
  readonly to?: string;
  /** What the answer tells apart, each once; sorted by it. */
  readonly groupBy: readonly UsageDimension[];
}

/** Sums of a group; tokens are decimal strings. A dimension that is not asked for is missing. */
export interface UsageView {
  readonly day?: string;
  readonly model?: string;
  readonly apiKey?: string;
  /** Pseudonym. */
  readonly endUser?: string;
  readonly dialect?: string;
  readonly requests: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly held: string;
  readonly captured: string;
  readonly released: string;
  readonly refunded: string;
}

const columns: Readonly<Record<UsageDimension, string>> = {
  day: 'day',
  model: 'model',
  apiKey: 'api_key_id',
  endUser: 'end_user_id',
  dialect: 'dialect',
};
const counts = ['requests', 'succeeded', 'failed', 'cancelled'] as const;
const amounts = ['held', 'captured', 'released', 'refunded'] as const;
const FIRST_DAY = '0000';
const AFTER_LAST_DAY = 'a';

export class UsageQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** A page of groups in their order; without a dimension one group of all. @throws InvalidCursor, RangeError */
  async report(filter: UsageFilter): Promise<Page<UsageView>> {
    const { tenantId, from = FIRST_DAY, to = AFTER_LAST_DAY, groupBy, cursor, limit } = filter;
    assertLimit(limit);
    const names = groupBy.map((dimension) => columns[dimension]);
    const parameters: unknown[] = [tenantId, from, to, limit + 1];
    let after = '';
    if (cursor !== undefined && names.length > 0) {
      const places = names.map((_, index) => `$${parameters.length + index + 1}`);
      parameters.push(...decodeCursor(cursor, names.length));
      after = `and (${names.join(', ')}) > (${places.join(', ')})`;
    }
    const selected = [
      ...groupBy.map((dimension) => `${columns[dimension]} as "${dimension}"`),
      ...counts.map((count) => `coalesce(sum(${count}), 0)::float8 as ${count}`),
      ...amounts.map((amount) => `coalesce(sum(${amount}), 0)::text as ${amount}`),
    ];
    const grouped =
      names.length === 0 ? '' : `group by ${names.join(', ')} order by ${names.join(', ')}`;
    const rows: UsageView[] = await this.dataSource.query(
      `select ${selected.join(', ')} from read_models.usage
       where tenant_id = $1 and day >= $2 and day < $3 ${after} ${grouped} limit $4`,
      parameters,
    );
    return pageOf(
      rows,
      limit,
      (row) => row,
      (row) => groupBy.map((dimension) => row[dimension] ?? ''),
    );
  }
}
