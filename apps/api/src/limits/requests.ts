import {
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';

const MOST_TOKENS = 1_000_000_000_000;

export class TierBody {
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  tier!: string;
}

/** What is absent or null is left to the tier; a cap then is none. */
export class ShareBody {
  @IsOptional()
  @IsNumber()
  @Min(0.001)
  @Max(1_000)
  weight?: number | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  cap?: number | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(9)
  priority?: number | null;
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
