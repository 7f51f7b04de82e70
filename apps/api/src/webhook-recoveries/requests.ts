import { type RecoverableStatus, recoverableStatuses } from '@imprest/domain';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import type { ReasonBody } from '../admin/requests.js';
import { WEBHOOK_ENDPOINT_ID } from '../http/id-patterns.js';

const MOST_STATUSES = recoverableStatuses.length;

export class RecoveryBody {
  @IsString()
  @MaxLength(40)
  @IsISO8601({ strict: true })
  since!: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  @IsISO8601({ strict: true })
  until?: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_STATUSES)
  @IsIn(recoverableStatuses, { each: true })
  statuses?: RecoverableStatus[];
}

export class OperatorRecoveryBody extends RecoveryBody implements ReasonBody {
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;

  @IsOptional()
  @IsString()
  @Matches(WEBHOOK_ENDPOINT_ID)
  endpointId?: string;
}
