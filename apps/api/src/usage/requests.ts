import { usageDimensions } from '@imprest/read-models';
import { IsOptional, IsString, Matches } from 'class-validator';
import { FormatQuery } from '../admin/ledger/requests.js';
import { LongCursor, RowLimit } from '../http/page-query.js';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const one = usageDimensions.join('|');
const DIMENSIONS = new RegExp(`^(${one})(,(${one})){0,${usageDimensions.length - 1}}$`);

export class UsageQuery extends FormatQuery {
  @IsOptional()
  @IsString()
  @Matches(DAY)
  from?: string;

  @IsOptional()
  @IsString()
  @Matches(DAY)
  to?: string;

  @IsOptional()
  @IsString()
  @Matches(DIMENSIONS)
  groupBy?: string;

  @RowLimit()
  limit?: string;

  /** Names a whole group. */
  @LongCursor()
  cursor?: string;
}
