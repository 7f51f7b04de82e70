import { type OperatorRole, operatorRoles } from '@imprest/domain';
import { ArrayMaxSize, IsArray, IsIn, IsString, MaxLength, MinLength } from 'class-validator';

export class WithReason {
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;
}

export class OperatorRolesBody extends WithReason {
  @IsArray()
  @ArrayMaxSize(operatorRoles.length)
  @IsIn(operatorRoles, { each: true })
  roles!: OperatorRole[];
}

export class InviteOperatorBody extends OperatorRolesBody {
  @IsString()
  @MaxLength(254)
  email!: string;
}
