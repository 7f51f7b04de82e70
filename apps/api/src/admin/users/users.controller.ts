import { SecondFactor, type SignInLink, signInLinkPath, Users } from '@imprest/application';
import { CONFIG, type Config, Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, HttpCode, Inject, Post, Put, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../../http/checked-body.js';
import { operatorContext } from '../../http/context.js';
import { pageLimit } from '../../http/page-limit.js';
import { PageQuery } from '../../http/page-query.js';
import { PathId } from '../../http/path-id.js';
import { baseUrl } from '../../http/request-headers.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { userOperations } from '../../openapi/operations/users.js';
import { InviteOperatorBody, OperatorRolesBody, WithReason } from './requests.js';

/** The people who sign in at the console. Only an owner may say who is an operator. */
@Controller('admin/v1/users')
@Describes(userOperations)
export class UsersController {
  constructor(
    private readonly users: Users,
    private readonly secondFactor: SecondFactor,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @OperatorOnly('owner')
  @RouteSchema({ querystring: schemaFromClass(PageQuery) })
  async list(@Query() { cursor, limit: wanted }: PageQuery) {
    const limit = pageLimit(wanted);
    const users = await this.users.page(limit + 1, cursor);
    const shown = users.slice(0, limit);
    const nextCursor = users.length > limit ? (shown.at(-1)?.userId ?? null) : null;
    return { users: shown, nextCursor };
  }

  @Post()
  @OperatorOnly('owner')
  async invite(@CheckedBody() body: InviteOperatorBody, @Req() request: FastifyRequest) {
    const context = operatorContext(request);
    const { userId, link } = await this.users.inviteOperator(body, body.reason, context);
    return { userId, ...this.shown(link, request) };
  }

  @Get(':userId')
  @OperatorOnly('owner')
  find(@PathId('userId') userId: string) {
    return this.users.find(userId);
  }

  @Put(':userId/roles')
  @HttpCode(204)
  @OperatorOnly('owner')
  assignRoles(
    @PathId('userId') userId: string,
    @CheckedBody() { roles, reason }: OperatorRolesBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.users.assignRoles(userId, roles, reason, operatorContext(request));
  }

  @Post(':userId/links')
  @OperatorOnly('owner')
  async issueLink(@PathId('userId') userId: string, @Req() request: FastifyRequest) {
    return this.shown(await this.users.link(userId, operatorContext(request)), request);
  }

  @Post(':userId/disable')
  @HttpCode(204)
  @OperatorOnly('owner')
  disable(
    @PathId('userId') userId: string,
    @CheckedBody() { reason }: WithReason,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.users.disable(userId, reason, operatorContext(request));
  }

  @Post(':userId/enable')
  @HttpCode(204)
  @OperatorOnly('owner')
  enable(
    @PathId('userId') userId: string,
    @CheckedBody() { reason }: WithReason,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.users.enable(userId, reason, operatorContext(request));
  }

  @Post(':userId/sessions/end')
  @HttpCode(204)
  @OperatorOnly('owner')
  endSessions(
    @PathId('userId') userId: string,
    @CheckedBody() { reason }: WithReason,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.users.endSessions(userId, reason, operatorContext(request));
  }

  @Post(':userId/second-factor/remove')
  @HttpCode(204)
  @OperatorOnly('owner')
  removeSecondFactor(
    @PathId('userId') userId: string,
    @CheckedBody() { reason }: WithReason,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.secondFactor.removeFor(userId, reason, operatorContext(request));
  }

  private shown({ token, expiresAt }: SignInLink, request: FastifyRequest) {
    const link = `${baseUrl(request, this.config.publicUrl)}${signInLinkPath(token)}`;
    return { link, expiresAt };
  }
}
