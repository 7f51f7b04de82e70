import { applyDecorators } from '@nestjs/common';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** `limit` of lists whose pages have up to 1,000 rows. */
export const RowLimit = () => applyDecorators(IsOptional(), IsString(), Matches(/^[0-9]{1,4}$/));

/** `cursor` of lists whose rows have long names. */
export const LongCursor = () =>
  applyDecorators(IsOptional(), IsString(), MaxLength(300), Matches(/^[A-Za-z0-9_-]+$/));

/** Page and size of any list. */
export class PageQuery {
  @IsOptional()
  @IsString()
  @Matches(/^[0-9]{1,3}$/)
  limit?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(/^[A-Za-z0-9_-]+$/)
  cursor?: string;
}
