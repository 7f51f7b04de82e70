import { accountClasses } from '@imprest/domain';
import type { Sort } from '@imprest/read-models';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { CHOSEN_ID } from '../../http/id-patterns.js';
import { LongCursor, PageQuery, RowLimit, SortBy } from '../../http/page-query.js';
import { OwnExportQuery, OwnStatementQuery } from '../../ledger/requests.js';

/** Names of accounts and lots are made of ids, and lots may be named by whoever grants them. */
const MAX_NAME = 200;

export class FormatQuery {
  /** Instead of the Accept header. */
  @IsOptional()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv';
}

export class TenantQuery extends FormatQuery {
  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  tenantId?: string;
}

/** The books at a time, by either of their clocks. */
export class BooksQuery extends TenantQuery {
  @IsOptional()
  @IsString()
  @MaxLength(40)
  asOf?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  knownAt?: string;
}

export class BooksPageQuery extends BooksQuery {
  @RowLimit()
  limit?: string;

  @LongCursor()
  cursor?: string;
}

export class AccountsQuery extends BooksPageQuery {
  @IsOptional()
  @IsIn(accountClasses)
  accountClass?: (typeof accountClasses)[number];

  @IsOptional()
  @IsString()
  @MaxLength(MAX_NAME)
  account?: string;
}

export class JournalQuery extends BooksPageQuery {
  @SortBy('position')
  sort?: Sort<'position'>;

  @IsOptional()
  @IsString()
  @MaxLength(MAX_NAME)
  account?: string;

  @IsOptional()
  @IsString()
  @MaxLength(MAX_NAME)
  lotId?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  generationId?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  from?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string;
}

export class LotsQuery extends FormatQuery {
  @IsString()
  @Matches(CHOSEN_ID)
  tenantId!: string;
}

export class MonthQuery extends TenantQuery {
  @IsString()
  @Matches(/^[0-9]{4}-(0[1-9]|1[0-2])$/)
  month!: string;
}

export class MonthBody {
  @IsString()
  @Matches(/^[0-9]{4}-(0[1-9]|1[0-2])$/)
  month!: string;

  @IsOptional()
  @IsString()
  @Matches(/\S/)
  @MaxLength(500)
  reason?: string;
}

export class StatementQuery extends OwnStatementQuery {
  @IsString()
  @Matches(CHOSEN_ID)
  tenantId!: string;
}

export class ExportQuery extends OwnExportQuery {
  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  tenantId?: string;
}

export class FindingsQuery extends PageQuery {
  @SortBy('openedAt')
  sort?: Sort<'openedAt'>;

  @IsOptional()
  @IsIn(['open', 'resolved'])
  state?: 'open' | 'resolved';

  @IsOptional()
  @IsIn(['invariant', 'reconciliation', 'audit'])
  source?: 'invariant' | 'reconciliation' | 'audit';

  @IsOptional()
  @IsString()
  @MaxLength(64)
  check?: string;
}
