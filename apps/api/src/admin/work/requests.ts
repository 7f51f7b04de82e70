import { type FailureClass, failureClasses } from '@imprest/domain';
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
import { PageQuery } from '../../http/page-query.js';
import { ReasonBody } from '../requests.js';

/** Dead letters that one call redrives at most. */
export const MOST_REDRIVES = 100;

const MODEL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const TENANT = /^[a-z0-9][a-z0-9_]{1,62}$/;
const GENERATION = /^req_[0-9a-z]{26}$/;

export class DeadLettersQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @Matches(TENANT)
  tenantId?: string;

  @IsOptional()
  @IsString()
  @Matches(MODEL)
  model?: string;

  @IsOptional()
  @IsIn(failureClasses)
  class?: FailureClass;

  @IsOptional()
  @IsISO8601({ strict: true })
  since?: string;

  @IsOptional()
  @IsIn(['true', 'false'])
  redriven?: 'true' | 'false';
}

export class RedriveBody extends ReasonBody {
  /** In place of a selection. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_REDRIVES)
  @Matches(GENERATION, { each: true })
  ids?: string[];

  @IsOptional()
  @IsString()
  @Matches(TENANT)
  tenantId?: string;

  @IsOptional()
  @IsString()
  @Matches(MODEL)
  model?: string;

  @IsOptional()
  @IsIn(failureClasses)
  class?: FailureClass;

  @IsOptional()
  @IsISO8601({ strict: true })
  since?: string;
}
