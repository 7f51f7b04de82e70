import type { CaseView } from '@imprest/application';
import type { CaseDecision, CaseGrounds, CaseKind } from '@imprest/domain';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { ModerationCaseRow } from '../entities/index.js';
import { type Page, pageOf } from './cursor.js';
import { newestFirst, oldestFirst, type PageRequest } from './newest-first.js';

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

export interface CaseFilter extends CaseSelection, PageRequest {
  /** `due`: what should be decided first comes first. `newest`: what was opened last does. */
  readonly order: 'due' | 'newest';
}

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
  async list(filter: CaseFilter): Promise<Page<CaseView>> {
    const query = select(this.cases(), filter);
    const due = filter.order === 'due';
    const rows = due
      ? await oldestFirst(query, 'dueAt', filter)
      : await newestFirst(query, 'openedAt', filter);
    return pageOf(
      rows,
      filter.limit,
      ({ view }) => view,
      ({ id, dueAt, openedAt }) => [(due ? dueAt : openedAt).toISOString(), id],
    );
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
