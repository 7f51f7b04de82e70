import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { LedgerEntryRow } from '../entities/index.js';
import type { Page } from './cursor.js';
import type { JournalScope } from './ledger-scope.js';
import {
  entryView,
  type JournalEntryView,
  journalEntryView,
  type LedgerEntryView,
} from './ledger-views.js';
import { sortedPage } from './sorted-page.js';
import { type SortedPageRequest, Sorting, whole } from './sorting.js';

interface EntryConditions {
  readonly generationId?: string;
  /** Inclusive, of when it happened. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

export interface StatementFilter extends SortedPageRequest<'revision'>, EntryConditions {
  readonly tenantId: string;
}

export interface JournalFilter
  extends SortedPageRequest<'position'>,
    EntryConditions,
    JournalScope {
  /** Whole name of an account. */
  readonly account?: string;
  readonly lotId?: string;
}

const statementOrders = new Sorting({ revision: whole('revision') }, '-revision');
const journalOrders = new Sorting({ position: whole('position') }, 'position');

function filtered(
  dataSource: DataSource,
  { tenantId, generationId, from, to }: EntryConditions & { readonly tenantId?: string },
): SelectQueryBuilder<LedgerEntryRow> {
  const query = dataSource.getRepository(LedgerEntryRow).createQueryBuilder('entry');
  if (tenantId !== undefined) query.andWhere('entry.tenantId = :tenantId', { tenantId });
  if (generationId !== undefined) {
    query.andWhere('entry.generationId = :generationId', { generationId });
  }
  if (from !== undefined) query.andWhere('entry.happenedAt >= :from', { from });
  if (to !== undefined) query.andWhere('entry.happenedAt < :to', { to });
  return query;
}

/** Statement of a tenant, newest first. @throws InvalidCursor, RangeError */
export function statementPage(
  dataSource: DataSource,
  filter: StatementFilter,
): Promise<Page<LedgerEntryView>> {
  const query = filtered(dataSource, filter);
  return sortedPage(query, statementOrders, filter, { item: entryView, tie: null });
}

/** The journal of one tenant, or of all, in the order of the store. @throws InvalidCursor, RangeError */
export function journalPage(
  dataSource: DataSource,
  filter: JournalFilter,
): Promise<Page<JournalEntryView>> {
  const { asOf, knownAt, account, lotId } = filter;
  const query = filtered(dataSource, filter);
  if (asOf !== undefined) query.andWhere('entry.happenedAt <= :asOf', { asOf });
  if (knownAt !== undefined) query.andWhere('entry.knownAt <= :knownAt', { knownAt });
  if (account !== undefined) query.andWhere(':account = any(entry.accounts)', { account });
  if (lotId !== undefined) query.andWhere(':lotId = any(entry.lots)', { lotId });
  return sortedPage(query, journalOrders, filter, { item: journalEntryView, tie: null });
}
