import { GENERATION_ID } from '@imprest/application';
import {
  type CaseDecision,
  type CaseGrounds,
  type CaseKind,
  caseDecisions,
  caseGrounds,
  caseKinds,
  type DecisionReason,
  decisionReasons,
  type ReopeningReason,
  reopeningReasons,
} from '@imprest/domain';
import { type CaseSort, caseSorts, type Sort } from '@imprest/read-models';
import { applyDecorators } from '@nestjs/common';
import {
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { CHOSEN_ID } from '../http/id-patterns.js';
import { PageQuery, SortBy } from '../http/page-query.js';

const Note = () => applyDecorators(IsString(), MinLength(1), MaxLength(1_000));
const Day = () => applyDecorators(IsOptional(), IsISO8601({ strict: true }));

export class CasesQuery extends PageQuery {
  @IsOptional()
  @IsIn(['open', 'decided'])
  state?: 'open' | 'decided';

  @IsOptional()
  @IsIn(caseKinds)
  kind?: CaseKind;

  @IsOptional()
  @IsIn(caseGrounds)
  grounds?: CaseGrounds;

  @IsOptional()
  @IsString()
  @Matches(/^[A-Za-z0-9_./-]{1,100}$/)
  category?: string;

  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  tenantId?: string;

  @IsOptional()
  @IsIn(caseDecisions)
  decision?: CaseDecision;

  @Day()
  from?: string;

  @Day()
  to?: string;

  @SortBy(...caseSorts)
  sort?: Sort<CaseSort>;
}

export class TakedownsQuery extends PageQuery {
  @SortBy('openedAt')
  sort?: Sort<'openedAt'>;
}

export class ReportBody {
  @IsString()
  @Matches(GENERATION_ID)
  generationId!: string;

  @Note()
  note!: string;
}

export class DecisionBody {
  @IsIn(caseDecisions)
  decision!: CaseDecision;

  @IsIn(decisionReasons)
  reason!: DecisionReason;

  @IsOptional()
  @Note()
  note?: string;
}

export class ReopeningBody {
  @IsIn(reopeningReasons)
  reason!: ReopeningReason;

  @IsOptional()
  @Note()
  note?: string;
}

export class TakedownBody {
  @IsString()
  @Matches(GENERATION_ID)
  generationId!: string;

  @IsIn(decisionReasons)
  reason!: DecisionReason;

  @IsOptional()
  @Note()
  note?: string;
}

/** As the answer to an unblurring gave it out. */
export class ViewQuery {
  @IsString()
  @Matches(/^[1-9][0-9]{9,11}$/)
  expires!: string;

  @IsString()
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  signature!: string;
}
