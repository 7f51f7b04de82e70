import { MAX_SEED, type Quality, qualities, type Resolution, resolutions } from '@imprest/domain';
import {
  IsBoolean,
  IsDivisibleBy,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { Nested, OneOf } from '../../http/schema-from-class.js';

export const LONGEST_PROMPT = 2_000;
export const SHORTEST_SIDE = 256;
export const LONGEST_SIDE = 2_048;
const SIDE_STEP = 8;

/** Settings that models here have; others are ignored, as every field that is not known. */
export class AdditionalSettings {
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_SEED)
  seed?: number | null;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(30)
  guidance_scale?: number | null;

  @IsOptional()
  @IsBoolean()
  watermark?: boolean | null;
}

export class ImageBody {
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_PROMPT)
  @Matches(/\S/)
  prompt!: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  model?: string | null;

  @IsOptional()
  @IsInt()
  @Min(SHORTEST_SIDE)
  @Max(LONGEST_SIDE)
  @IsDivisibleBy(SIDE_STEP)
  image_width?: number | null;

  @IsOptional()
  @IsInt()
  @Min(SHORTEST_SIDE)
  @Max(LONGEST_SIDE)
  @IsDivisibleBy(SIDE_STEP)
  image_height?: number | null;

  @IsOptional()
  @OneOf({ type: 'string', minLength: 1, maxLength: 2_048 })
  callback_url?: string | null;

  @IsOptional()
  @IsIn(resolutions)
  resolution?: Resolution | null;

  @IsOptional()
  @IsIn(qualities)
  quality?: Quality | null;

  @IsOptional()
  @IsObject()
  @Nested(AdditionalSettings)
  additional_settings?: AdditionalSettings | null;

  /** Who is responsible for the request: an e-mail, or any name of the caller's own. */
  @IsOptional()
  @IsString()
  @MaxLength(254)
  user?: string | null;
}
