import { Members, noSuchTenant, Tenants } from '@imprest/application';
import { CONFIG, type Config, Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { baseUrl } from '../http/request-headers.js';
import { tenantMemberOperations } from '../openapi/operations/members.js';
import { newInvitation } from './invitation-view.js';
import { InviteBody } from './requests.js';

/** Members of any tenant: the first owner of one that an operator has made comes by this. */
@Controller('admin/v1/tenants')
@Describes(tenantMemberOperations)
export class TenantMembersController {
  constructor(
    private readonly members: Members,
    private readonly tenants: Tenants,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':tenantId/members')
  @OperatorOnly()
  async list(@PathId('tenantId') tenantId: string) {
    await this.demandTenant(tenantId);
    return { members: await this.members.list(tenantId) };
  }

  @Post(':tenantId/members/invitations')
  @OperatorOnly()
  async invite(
    @PathId('tenantId') tenantId: string,
    @CheckedBody() body: InviteBody,
    @Req() request: FastifyRequest,
  ) {
    await this.demandTenant(tenantId);
    const invitation = await this.members.invite(tenantId, body, operatorContext(request));
    return newInvitation(invitation, baseUrl(request, this.config.publicUrl));
  }

  private async demandTenant(tenantId: string): Promise<void> {
    if (!(await this.tenants.exists(tenantId))) throw noSuchTenant(tenantId);
  }
}
