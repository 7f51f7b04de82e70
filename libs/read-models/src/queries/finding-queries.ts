import type { FindingSubject } from '@imprest/domain';
import type { DataSource } from 'typeorm';
import { FindingRow } from '../entities/index.js';
import type { Page } from './cursor.js';
import { sortedPage } from './sorted-page.js';
import { type SortedPageRequest, Sorting, time } from './sorting.js';

const orders = new Sorting({ openedAt: time('openedAt') }, '-openedAt');

export interface FindingFilter extends SortedPageRequest<'openedAt'> {
  readonly state?: 'open' | 'resolved';
  readonly source?: FindingRow['source'];
  readonly check?: string;
}

export interface FindingView {
  readonly id: string;
  readonly check: string;
  readonly source: FindingRow['source'];
  readonly subjects: readonly FindingSubject[];
  readonly message: string;
  readonly openedAt: string;
  /** Null while it is open. */
  readonly resolvedAt: string | null;
}

export interface OpenFindingRow {
  readonly id: string;
  readonly check: string;
  readonly openedAt: Date;
}

/** What checks of the books have found. */
export class FindingQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. @throws InvalidCursor, RangeError */
  list(filter: FindingFilter): Promise<Page<FindingView>> {
    const { state, source, check } = filter;
    const query = this.dataSource.getRepository(FindingRow).createQueryBuilder('finding');
    if (state === 'open') query.andWhere('finding.resolvedAt is null');
    if (state === 'resolved') query.andWhere('finding.resolvedAt is not null');
    if (source !== undefined) query.andWhere('finding.source = :source', { source });
    if (check !== undefined) query.andWhere('finding.check = :check', { check });
    return sortedPage(query, orders, filter, { item: findingView });
  }

  /** Those that are open, of one source, the oldest first. */
  open(source: FindingRow['source']): Promise<readonly OpenFindingRow[]> {
    return this.dataSource.query(
      `select id, check_name as check, opened_at as "openedAt" from ledger.findings
       where resolved_at is null and source = $1 order by opened_at`,
      [source],
    );
  }
}

function findingView({ revision: _, openedAt, resolvedAt, ...row }: FindingRow): FindingView {
  return {
    ...row,
    openedAt: openedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
  };
}
