import { InvalidCursor } from '@imprest/application';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { LedgerEntryRow } from '../entities/index.js';
import { assertLimit, decodeCursor, type Page, pageOf } from './cursor.js';
import type { JournalScope } from './ledger-scope.js';
import {
  entryView,
  type JournalEntryView,
  journalEntryView,
  type LedgerEntryView,
} from './ledger-views.js';
import type { PageRequest } from './newest-first.js';

interface EntryConditions {
  readonly generationId?: string;
  /** Inclusive, of when it happened. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

export interface StatementFilter extends PageRequest, EntryConditions {
  readonly tenantId: string;
}

export interface JournalFilter extends PageRequest, EntryConditions, JournalScope {
  /** Whole name of an account. */
  readonly account?: string;
  readonly lotId?: string;
}

const LARGEST_POSITION = 2n ** 63n - 1n;
const LARGEST_REVISION = 2n ** 31n - 1n;

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
export async function statementPage(
  dataSource: DataSource,
  filter: StatementFilter,
): Promise<Page<LedgerEntryView>> {
  const { cursor, limit } = filter;
  assertLimit(limit);
  const query = filtered(dataSource, filter);
  if (cursor !== undefined) {
    const before = numberIn(cursor, LARGEST_REVISION);
    query.andWhere('entry.revision < :before', { before: before.toString() });
  }
  const rows = await query
    .orderBy('entry.revision', 'DESC')
    .limit(limit + 1)
    .getMany();
  return pageOf(rows, limit, entryView, ({ revision }) => [String(revision)]);
}

/** The journal of one tenant, or of all, in the order of the store. @throws InvalidCursor, RangeError */
export async function journalPage(
  dataSource: DataSource,
  filter: JournalFilter,
): Promise<Page<JournalEntryView>> {
  const { cursor, limit, asOf, knownAt, account, lotId } = filter;
  assertLimit(limit);
  const query = filtered(dataSource, filter);
  if (asOf !== undefined) query.andWhere('entry.happenedAt <= :asOf', { asOf });
  if (knownAt !== undefined) query.andWhere('entry.knownAt <= :knownAt', { knownAt });
  if (account !== undefined) query.andWhere(':account = any(entry.accounts)', { account });
  if (lotId !== undefined) query.andWhere(':lotId = any(entry.lots)', { lotId });
  if (cursor !== undefined) {
    const after = numberIn(cursor, LARGEST_POSITION);
    query.andWhere('entry.position > :after', { after: after.toString() });
  }
  const rows = await query
    .orderBy('entry.position', 'ASC')
    .limit(limit + 1)
    .getMany();
  return pageOf(rows, limit, journalEntryView, ({ position }) => [position.toString()]);
}

function numberIn(cursor: string, largest: bigint): bigint {
  const [text] = decodeCursor(cursor, 1) as [string];
  if (!/^\d{1,19}$/.test(text) || BigInt(text) > largest) throw new InvalidCursor();
  return BigInt(text);
}
