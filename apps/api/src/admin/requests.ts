import { type ApiKeyScope, apiKeyScopes } from '@imprest/domain';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { CHOSEN_ID, MODEL_ALIAS } from '../http/id-patterns.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it keeps out.
const NAME = /^[^\u0000-\u001f\u007f]+$/;
const MOST_TOKENS = 1_000_000_000_000;
const WEEK_SECONDS = 604_800;

export class CreateTenantBody {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  @Matches(NAME)
  name!: string;

  /** Chosen by the caller to make the call safe to repeat; made up when absent. */
  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  id?: string;
}

export class IssueKeyBody {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  @Matches(NAME)
  name!: string;

  @IsOptional()
  @IsIn(['live', 'test'])
  mode?: 'live' | 'test';

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(apiKeyScopes.length)
  @IsIn(apiKeyScopes, { each: true })
  scopes?: ApiKeyScope[];

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Matches(MODEL_ALIAS, { each: true })
  models?: string[];

  @IsOptional()
  @IsISO8601({ strict: true })
  expiresAt?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  requestsPerMinute?: number;
}

export class RotateBody {
  /** Seconds for which the old one goes on working. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WEEK_SECONDS)
  overlapSeconds?: number;
}

export class RevokeBody {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason?: string;
}

export class GrantBody {
  @IsInt()
  @Min(1)
  @Max(MOST_TOKENS)
  tokens!: number;

  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;

  /** Names the grant: the same one twice is one grant. Made up when absent. */
  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  grantId?: string;

  @IsOptional()
  @IsISO8601({ strict: true })
  expiresAt?: string;
}

export class ReasonBody {
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;
}
