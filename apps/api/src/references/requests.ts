import { IsISO8601, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it keeps out.
const LINE = /^[^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f][^\u0000-\u001f\u007f]*$/;

/** That the person whom a reference shows has agreed. */
export class ConsentBody {
  @IsString()
  @MaxLength(200)
  @Matches(LINE)
  person!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(4_000)
  @Matches(/\S/)
  statement!: string;

  @IsString()
  @IsISO8601({ strict: true })
  grantedAt!: string;

  @IsOptional()
  @IsString()
  @IsISO8601({ strict: true })
  expiresAt?: string;

  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  @Matches(LINE)
  document?: string;
}

export class WithdrawalQuery {
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @Matches(LINE)
  reason?: string;
}
