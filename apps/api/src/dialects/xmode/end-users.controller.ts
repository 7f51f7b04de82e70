import {
  BlockEndUser,
  blockReasonForTenant,
  DATA_KEYS,
  type DataKeys,
  DomainFailure,
  EndUserDirectory,
  EraseEndUser,
  unsealText,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { EndUserQueries, type EndUserView } from '@imprest/read-models';
import { Controller, Delete, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { TolerantBody } from '../../http/checked-body.js';
import { principalOf, tenantContext } from '../../http/context.js';
import { pageLimit } from '../../http/page-limit.js';
import { PathEmail } from '../../http/path-id.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { endUserOperations } from '../../openapi/operations/end-users.js';
import { DIALECT } from './generations.controller.js';
import { RecordLists } from './list.controller.js';
import { BlockBody, EndUserListQuery, EndUsersQuery } from './requests.js';

@Controller('v1/end-users')
@Describes(endUserOperations)
export class XmodeEndUsersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly directory: EndUserDirectory,
    private readonly endUsers: EndUserQueries,
    private readonly lists: RecordLists,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
  ) {}

  @Get()
  @ForTenant('end_users:read', 'polling', DIALECT)
  @RouteSchema({ querystring: schemaFromClass(EndUsersQuery) })
  async list(@Query() { limit, ...asked }: EndUsersQuery, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    const page = await this.endUsers.list({ ...asked, tenantId, limit: pageLimit(limit) });
    const keys = await this.dataKeys.open(page.items.map(({ dataKeyId }) => dataKeyId));
    const endUsers = page.items.flatMap((view) => {
      const key = keys.get(view.dataKeyId);
      return key === undefined ? [] : [answer(unsealText(key, view.confidential, view.id), view)];
    });
    return { endUsers, nextCursor: page.nextCursor };
  }

  @Get(':email')
  @ForTenant('end_users:read', 'polling', DIALECT)
  async get(@PathEmail('email') email: string, @Req() request: FastifyRequest) {
    return this.find(principalOf(request).tenantId, email);
  }

  @Get(':email/generations')
  @ForTenant('end_users:read', 'polling', DIALECT)
  @RouteSchema({ querystring: schemaFromClass(EndUserListQuery) })
  async generations(
    @PathEmail('email') email: string,
    @Query() query: EndUserListQuery,
    @Req() request: FastifyRequest,
  ) {
    const { tenantId } = principalOf(request);
    await this.find(tenantId, email);
    return this.lists.page(tenantId, { ...query, endUserEmail: email });
  }

  @Post(':email/block')
  @HttpCode(200)
  @ForTenant('end_users:write', 'polling', DIALECT)
  async block(
    @PathEmail('email') email: string,
    @TolerantBody() body: BlockBody,
    @Req() request: FastifyRequest,
  ) {
    return this.setBlocked(email, true, body.reason ?? 'blocked by the tenant', request);
  }

  @Post(':email/unblock')
  @HttpCode(200)
  @ForTenant('end_users:write', 'polling', DIALECT)
  async unblock(
    @PathEmail('email') email: string,
    @TolerantBody() body: BlockBody,
    @Req() request: FastifyRequest,
  ) {
    return this.setBlocked(email, false, body.reason ?? 'unblocked by the tenant', request);
  }

  @Delete(':email/generations')
  @HttpCode(200)
  @ForTenant('end_users:write', 'polling', DIALECT)
  async erase(@PathEmail('email') email: string, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    return this.commands.execute(new EraseEndUser(tenantId, email, tenantContext(request)));
  }

  private async setBlocked(
    email: string,
    blocked: boolean,
    reason: string,
    request: FastifyRequest,
  ) {
    const { tenantId } = principalOf(request);
    const context = tenantContext(request);
    await this.commands.execute(new BlockEndUser(tenantId, email, blocked, reason, context));
    return { endUserEmail: email, state: blocked ? 'blocked' : 'active', reason };
  }

  private async find(tenantId: string, email: string) {
    const id = this.directory.pseudonym(tenantId, email);
    const view = await this.endUsers.get(tenantId, id);
    if (view === undefined) {
      throw new DomainFailure(domainError('not_found', 'there is no such end user'));
    }
    return answer(email, view);
  }
}

function answer(endUserEmail: string, view: EndUserView) {
  return {
    endUserEmail,
    generations: view.generations,
    succeeded: view.succeeded,
    failed: view.failed,
    refusedPrompts: view.refusedPrompts,
    xTokensSpent: Number(view.tokensCharged),
    firstSeen: view.firstSeen,
    lastSeen: view.lastSeen,
    state: view.state,
    ...(view.blockedReason !== null && {
      blockedReason: blockReasonForTenant(view.blockedReason),
    }),
  };
}
