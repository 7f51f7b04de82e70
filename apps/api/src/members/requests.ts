import { type TenantRole, tenantRoles } from '@imprest/domain';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

export class RoleBody {
  @IsIn(tenantRoles)
  role!: TenantRole;
}

export class InviteBody extends RoleBody {
  @IsString()
  @MaxLength(254)
  email!: string;
}

export class ReasonBody {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason?: string;
}
