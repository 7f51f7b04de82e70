import { usageDimensions } from '@imprest/read-models';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const one = usageDimensions.join('|');
const DIMENSIONS = new RegExp(`^(${one})(,(${one})){0,${usageDimensions.length - 1}}$`);

export class UsageQuery {
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

  @IsOptional()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv';

  @IsOptional()
  @IsString()
  @Matches(/^[0-9]{1,4}$/)
  limit?: string;

  /** Names a whole group, and so is longer than others. */
  @IsOptional()
  @IsString()
  @MaxLength(300)
  @Matches(/^[A-Za-z0-9_-]+$/)
  cursor?: string;
}
