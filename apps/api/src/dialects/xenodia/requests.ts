import { XAVIRA_DIALECT } from '@imprest/application';
import { MAX_IMAGES, MAX_PROMPT_CHARACTERS, MAX_REFERENCES } from '@imprest/domain';
import { UNCENSORED_DIALECT } from '@imprest/generation-records';
import { nativeDialect } from '@imprest/platform';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { OneOf } from '../../http/schema-from-class.js';
import { XENODIA } from './dialect.js';

const url = { type: 'string', minLength: 1, maxLength: 2_048 };

/** Fields of OpenAI that are not here are ignored: clients send them unasked. */
export class ImagesBody {
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_PROMPT_CHARACTERS)
  @Matches(/\S/)
  prompt!: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  model?: string | null;

  @IsOptional()
  @IsBoolean()
  async?: boolean | null;

  @IsOptional()
  @IsIn(['url', 'b64_json'])
  response_format?: 'url' | 'b64_json' | null;

  @IsOptional()
  @IsString()
  @MaxLength(16)
  aspect_ratio?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(16)
  resolution?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(16)
  size?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(16)
  output_format?: string | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_IMAGES)
  n?: number | null;

  @IsOptional()
  @IsString()
  @MaxLength(128)
  channel_id?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(512)
  user?: string | null;

  @IsOptional()
  @OneOf(url, { type: 'array', items: url, maxItems: MAX_REFERENCES })
  image_input?: string | string[] | null;

  @IsOptional()
  @IsIn([false])
  stream?: false | null;
}

export class ModelsQuery {
  @IsOptional()
  @IsIn([nativeDialect.name, XENODIA.name, UNCENSORED_DIALECT, XAVIRA_DIALECT])
  dialect?: string;
}
