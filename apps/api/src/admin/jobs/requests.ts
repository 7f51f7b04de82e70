import { GENERATION_ID } from '@imprest/application';
import { type FailureClass, failureClasses } from '@imprest/domain';
import type { Sort } from '@imprest/read-models';
import { applyDecorators } from '@nestjs/common';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
} from 'class-validator';
import { CHOSEN_ID, MODEL_ALIAS } from '../../http/id-patterns.js';
import { PageQuery, SortBy } from '../../http/page-query.js';
import { ReasonBody } from '../requests.js';

/** Dead letters that one call redrives at most. */
export const MOST_REDRIVES = 100;

/** Which dead letters are meant. */
const OfTenant = () => applyDecorators(IsOptional(), IsString(), Matches(CHOSEN_ID));
const OfModel = () => applyDecorators(IsOptional(), IsString(), Matches(MODEL_ALIAS));
const OfClass = () => applyDecorators(IsOptional(), IsIn(failureClasses));
const Since = () => applyDecorators(IsOptional(), IsISO8601({ strict: true }));

export class DeadLettersQuery extends PageQuery {
  @OfTenant()
  tenantId?: string;

  @OfModel()
  model?: string;

  @OfClass()
  class?: FailureClass;

  @Since()
  since?: string;

  @IsOptional()
  @IsIn(['true', 'false'])
  redriven?: 'true' | 'false';

  @SortBy('deadLetteredAt')
  sort?: Sort<'deadLetteredAt'>;
}

export class RedriveBody extends ReasonBody {
  /** In place of a selection. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_REDRIVES)
  @Matches(GENERATION_ID, { each: true })
  ids?: string[];

  @OfTenant()
  tenantId?: string;

  @OfModel()
  model?: string;

  @OfClass()
  class?: FailureClass;

  @Since()
  since?: string;
}
