import { IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

const MOST_TOKENS = 1_000_000_000_000;

export class TierBody {
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  tier!: string;
}

/** Tokens that may be spent; what is absent or null has no cap. */
export class BudgetBody {
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_TOKENS)
  perDay?: number | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_TOKENS)
  perMonth?: number | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_TOKENS)
  total?: number | null;
}
