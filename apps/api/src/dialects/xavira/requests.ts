import { CHARACTER_ID, GENERATION_ID } from '@imprest/application';
import { MAX_NAME_CHARACTERS, type WebhookEventName, xaviraEventNames } from '@imprest/domain';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';

export const LONGEST_PROMPT = 2_000;
const RESOLUTION = /^[1-9][0-9]{1,4}x[1-9][0-9]{1,4}$/;

/** Fields that are not known are ignored. */
export class CharacterBody {
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  model_id!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(MAX_NAME_CHARACTERS)
  name!: string;

  /** Free keys and values; what they may be is a rule of the domain. */
  @IsObject()
  traits!: Record<string, unknown>;
}

export class CharacterChangesBody {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_NAME_CHARACTERS)
  name?: string | null;

  /** Traits to set; a trait that is null goes. */
  @IsOptional()
  @IsObject()
  traits?: Record<string, unknown> | null;
}

/** Of whatever costs credits. */
class GeneratingBody {
  /** Who is responsible for the request: an e-mail, or any name of the caller's own. */
  @IsOptional()
  @IsString()
  @MaxLength(254)
  user?: string | null;
}

export class ImageBody extends GeneratingBody {
  @IsString()
  @Matches(CHARACTER_ID)
  character_id!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_PROMPT)
  @Matches(/\S/)
  prompt!: string;

  @IsOptional()
  @IsString()
  @Matches(RESOLUTION)
  resolution?: string | null;

  @IsOptional()
  @IsBoolean()
  raw_prompt?: boolean | null;
}

export class VideoBody extends GeneratingBody {
  @IsString()
  @Matches(GENERATION_ID)
  generation_id!: string;

  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_PROMPT)
  prompt?: string | null;

  /** Whole seconds. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3_600)
  duration?: number | null;
}

export class WebhookBody {
  @IsString()
  @MinLength(1)
  @MaxLength(2_048)
  url!: string;

  /** All of them when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(xaviraEventNames.length)
  @IsIn(xaviraEventNames, { each: true })
  events?: WebhookEventName[] | null;
}
