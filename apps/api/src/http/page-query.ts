import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

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
