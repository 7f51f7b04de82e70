import type { CaseView } from '@imprest/application';
import type { CaseDecision, CaseGrounds, CaseKind } from '@imprest/domain';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { ModerationCaseRow } from '../entities/index.js';
import type { Page } from './cursor.js';
import { sortedPage } from './sorted-page.js';
import { type SortedPageRequest, Sorting, time } from './sorting.js';

export const caseSorts = ['openedAt', 'dueAt'] as const;
export type CaseSort = (typeof caseSorts)[number];

const orders = new Sorting<CaseSort>(
  { openedAt: time('openedAt'), dueAt: time('dueAt') },
  '-openedAt',
);

export interface CaseSelection {
  readonly state?: CaseView['state'];
  readonly kind?: CaseKind;
  readonly grounds?: CaseGrounds;
  readonly category?: string;
  readonly tenantId?: string;
  readonly decision?: CaseDecision;
  /** Opened then or later. */
  readonly from?: Date;
  /** Opened before. */
  readonly to?: Date;
}

/** What was opened last comes first, unless asked otherwise; by `dueAt` what should be decided first. */
export interface CaseFilter extends CaseSelection, SortedPageRequest<CaseSort> {}

/** How many wait for a decision, and for how many the time to decide has passed. */
export interface CaseCounts {
  readonly open: number;
  readonly overdue: number;
}

const EQUAL = ['state', 'kind', 'grounds', 'category', 'tenantId', 'decision'] as const;

/** What moderators have to decide, and what they have decided. */
export class ModerationCaseQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws InvalidCursor, RangeError */
  list(filter: CaseFilter): Promise<Page<CaseView>> {
    const query = select(this.cases(), filter);
    return sortedPage(query, orders, filter, { item: ({ view }) => view });
  }

  async counts(now: Date): Promise<CaseCounts> {
    const [counted] = await this.dataSource.query<CaseCounts[]>(
      `select count(*)::int as open, (count(*) filter (where due_at < $1))::int as overdue
       from read_models.moderation_cases where state = 'open'`,
      [now],
    );
    return counted ?? { open: 0, overdue: 0 };
  }

  private cases(): SelectQueryBuilder<ModerationCaseRow> {
    return this.dataSource.getRepository(ModerationCaseRow).createQueryBuilder('moderated');
  }
}

function select(query: SelectQueryBuilder<ModerationCaseRow>, filter: CaseSelection) {
  for (const name of EQUAL) {
    if (filter[name] !== undefined) {
      query.andWhere(`moderated.${name} = :${name}`, { [name]: filter[name] });
    }
  }
  const { from, to } = filter;
  if (from !== undefined) query.andWhere('moderated.openedAt >= :from', { from });
  if (to !== undefined) query.andWhere('moderated.openedAt < :to', { to });
  return query;
}
