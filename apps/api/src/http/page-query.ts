import type { Sort } from '@imprest/read-models';
import { applyDecorators } from '@nestjs/common';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** `limit` of lists whose pages have up to 1,000 rows. */
export const RowLimit = () => applyDecorators(IsOptional(), IsString(), Matches(/^[0-9]{1,4}$/));

/** `cursor` of lists whose rows have long names. */
export const LongCursor = () =>
  applyDecorators(IsOptional(), IsString(), MaxLength(300), Matches(/^[A-Za-z0-9_-]+$/));

/** `sort` of a list: by one of the keys, with `-` before it the largest or newest first. */
export const SortBy = (...keys: readonly string[]) =>
  applyDecorators(IsOptional(), IsIn(keys.flatMap((key) => [key, `-${key}`])));

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

/** The same of what is listed by when it came to be. */
export class CreatedPageQuery extends PageQuery {
  @SortBy('createdAt')
  sort?: Sort<'createdAt'>;
}
