import {
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
import { CHOSEN_ID } from '../http/id-patterns.js';
import { ForPeople } from '../http/name-for-people.js';

const MOST_TOKENS = 1_000_000_000_000;
const WEEK_SECONDS = 604_800;

export class CreateTenantBody {
  @ForPeople()
  name!: string;

  /** Chosen by the caller to make the call safe to repeat; made up when absent. */
  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  id?: string;
}

export class RotateBody {
  /** Seconds for which the old one goes on working. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WEEK_SECONDS)
  overlapSeconds?: number;
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
