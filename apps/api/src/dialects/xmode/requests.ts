import { GENERATION_ID, XAVIRA_DIALECT } from '@imprest/application';
import {
  MAX_DEADLINE_SECONDS,
  MAX_IMAGES,
  MAX_PROMPT_CHARACTERS,
  MAX_REFERENCES,
  MAX_SEED,
  type WebhookMessageStatus,
  webhookMessageStatuses,
} from '@imprest/domain';
import { nativeDialect } from '@imprest/platform';
import { type EndUserSort, endUserSorts, type Sort } from '@imprest/read-models';
import {
  IsBoolean,
  IsEmail,
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
import { MODEL_ALIAS, WEBHOOK_ENDPOINT_ID } from '../../http/id-patterns.js';
import { CreatedPageQuery, PageQuery, SortBy } from '../../http/page-query.js';
import { Nested, OneOf } from '../../http/schema-from-class.js';

const url = { type: 'string', minLength: 1, maxLength: 2_048 };
const time = { type: 'string', maxLength: 40, description: 'A time with its offset (ISO 8601)' };
const seconds = {
  type: 'integer',
  minimum: 1,
  maximum: MAX_DEADLINE_SECONDS,
  description: 'Seconds from now',
};

export class SequentialOptions {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_IMAGES)
  maxImages?: number;
}

/** Overrides of a rerun: every field may be missing. */
export class GenerationOverrides {
  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  endUserEmail?: string;

  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_PROMPT_CHARACTERS)
  @Matches(/\S/)
  prompt?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  model?: string;

  @IsOptional()
  @OneOf(url, { type: 'array', items: url, minItems: 1, maxItems: MAX_REFERENCES })
  references?: string | string[];

  @IsOptional()
  @IsString()
  @MaxLength(16)
  size?: string;

  @IsOptional()
  @IsIn(['auto', 'square', 'landscape', 'portrait'])
  aspectRatio?: 'auto' | 'square' | 'landscape' | 'portrait';

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_IMAGES)
  n?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_SEED)
  seed?: number;

  @IsOptional()
  @IsBoolean()
  watermark?: boolean;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(30)
  guidanceScale?: number;

  @IsOptional()
  @IsIn(['url', 'b64_json'])
  responseFormat?: 'url' | 'b64_json';

  @IsOptional()
  @IsIn(['auto', 'disabled'])
  sequential?: 'auto' | 'disabled';

  @IsOptional()
  @IsObject()
  @Nested(SequentialOptions)
  sequentialOptions?: SequentialOptions;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  sourceRequestId?: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_IMAGES - 1)
  sourceImage?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3_600)
  duration?: number;

  @IsOptional()
  @OneOf(time, seconds)
  startBy?: string | number;

  @IsOptional()
  @OneOf(time, seconds)
  finishBy?: string | number;

  @IsOptional()
  @OneOf(url)
  webhookUrl?: string;
}

export type GenerationBody = GenerationOverrides & {
  readonly endUserEmail: string;
};

export class EndUserListQuery extends CreatedPageQuery {
  @IsOptional()
  @IsIn(['queued', 'processing', 'succeeded', 'failed', 'cancelled', 'expired'])
  status?: 'queued' | 'processing' | 'succeeded' | 'failed' | 'cancelled' | 'expired';

  @IsOptional()
  @IsString()
  @Matches(MODEL_ALIAS)
  model?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  from?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string;
}

export class EndUsersQuery extends PageQuery {
  @IsOptional()
  @IsIn(['active', 'blocked'])
  state?: 'active' | 'blocked';

  @SortBy(...endUserSorts)
  sort?: Sort<EndUserSort>;
}

export class ListQuery extends EndUserListQuery {
  @IsOptional()
  @IsString()
  @Matches(GENERATION_ID)
  id?: string;

  @IsOptional()
  @IsEmail()
  endUserEmail?: string;
}

/** In whose words a generation is told; in those of the dialect that asked for it when absent. */
export class DialectQuery {
  @IsOptional()
  @IsIn([nativeDialect.name, XAVIRA_DIALECT])
  dialect?: string;
}

export class BlockBody {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason?: string;
}

export class StatementQuery extends PageQuery {
  @IsOptional()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv';

  @SortBy('revision')
  sort?: Sort<'revision'>;

  @IsOptional()
  @IsString()
  @Matches(GENERATION_ID)
  generationId?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  from?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string;
}

export class WebhookMessagesQuery extends CreatedPageQuery {
  @IsOptional()
  @IsString()
  @Matches(GENERATION_ID)
  generationId?: string;

  @IsOptional()
  @IsString()
  @Matches(WEBHOOK_ENDPOINT_ID)
  endpointId?: string;

  @IsOptional()
  @IsIn(webhookMessageStatuses)
  status?: WebhookMessageStatus;
}
