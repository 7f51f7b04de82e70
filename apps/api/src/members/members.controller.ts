import { Members } from '@imprest/application';
import { CONFIG, type Config, Describes, ForTenant } from '@imprest/platform';
import { Controller, Get, HttpCode, Inject, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { principalOf, tenantContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { baseUrl } from '../http/request-headers.js';
import { memberOperations } from '../openapi/operations/members.js';
import { newInvitation, shownInvitation } from './invitation-view.js';
import { InviteBody, ReasonBody, RoleBody } from './requests.js';

/** Who acts for the tenant at the console, and in which role. */
@Controller('v1/members')
@Describes(memberOperations)
export class MembersController {
  constructor(
    private readonly members: Members,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @ForTenant('members:read')
  async list(@Req() request: FastifyRequest) {
    return { members: await this.members.list(principalOf(request).tenantId) };
  }

  @Put(':userId')
  @HttpCode(204)
  @ForTenant('members:write')
  changeRole(
    @PathId('userId') userId: string,
    @CheckedBody() { role }: RoleBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { tenantId } = principalOf(request);
    return this.members.changeRole(tenantId, userId, role, tenantContext(request));
  }

  @Post(':userId/remove')
  @HttpCode(204)
  @ForTenant('members:write')
  remove(
    @PathId('userId') userId: string,
    @CheckedBody() { reason = 'removed by the tenant' }: ReasonBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { tenantId } = principalOf(request);
    return this.members.remove(tenantId, userId, reason, tenantContext(request));
  }

  @Get('invitations')
  @ForTenant('members:read')
  async invitations(@Req() request: FastifyRequest) {
    const open = await this.members.invitations(principalOf(request).tenantId);
    return { invitations: open.map(shownInvitation) };
  }

  @Post('invitations')
  @ForTenant('members:write')
  async invite(@CheckedBody() body: InviteBody, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    const invitation = await this.members.invite(tenantId, body, tenantContext(request));
    return newInvitation(invitation, baseUrl(request, this.config.publicUrl));
  }

  @Post('invitations/:invitationId/withdraw')
  @HttpCode(204)
  @ForTenant('members:write')
  withdraw(
    @PathId('invitationId') id: string,
    @CheckedBody() { reason = 'withdrawn by the tenant' }: ReasonBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { tenantId } = principalOf(request);
    return this.members.withdraw(tenantId, id, reason, tenantContext(request));
  }
}
