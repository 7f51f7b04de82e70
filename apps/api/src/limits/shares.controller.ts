import { type AppliedShare, noSuchTenant, TenantShares, Tenants } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { shareOperations } from '../openapi/operations/shares.js';
import { ShareBody } from './requests.js';

/** What a tenant gets of the workers while others wait as well. */
@Controller('admin/v1/tenants/:tenantId/share')
@Describes(shareOperations)
export class SharesController {
  constructor(
    private readonly tenants: Tenants,
    private readonly shares: TenantShares,
  ) {}

  @Get()
  @OperatorOnly()
  async get(@PathId('tenantId') tenantId: string) {
    if (!(await this.tenants.exists(tenantId))) throw noSuchTenant(tenantId);
    return answer(tenantId, await this.shares.of(tenantId));
  }

  @Put()
  @OperatorOnly()
  async assign(
    @PathId('tenantId') tenantId: string,
    @CheckedBody() { weight = null, cap = null, priority = null }: ShareBody,
    @Req() request: FastifyRequest,
  ) {
    const terms = { weight, cap, priority };
    return answer(tenantId, await this.shares.assign(tenantId, terms, operatorContext(request)));
  }
}

function answer(tenantId: string, { assigned, applied }: AppliedShare) {
  return { tenantId, ...applied, assigned };
}
