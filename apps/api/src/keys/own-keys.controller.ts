import { ApiKeys, delegatedTerms, mayHandOn } from '@imprest/application';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { RotateBody } from '../admin/requests.js';
import { CheckedBody } from '../http/checked-body.js';
import { principalOf, tenantContext } from '../http/context.js';
import { CreatedPageQuery } from '../http/page-query.js';
import { PathId } from '../http/path-id.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { ownKeyOperations } from '../openapi/operations/keys.js';
import { KeyDesk, wantedTerms } from './key-desk.js';
import { IssueKeyBody, RevokeBody } from './requests.js';

/** A tenant's own keys. Nobody gets hold of a key that may do more than their own. */
@Controller('v1/keys')
@Describes(ownKeyOperations)
export class OwnKeysController {
  constructor(
    private readonly desk: KeyDesk,
    private readonly keys: ApiKeys,
  ) {}

  @Get()
  @ForTenant('keys:read')
  @RouteSchema({ querystring: schemaFromClass(CreatedPageQuery) })
  list(@Query() query: CreatedPageQuery, @Req() request: FastifyRequest) {
    return this.desk.page(principalOf(request).tenantId, query);
  }

  @Get(':id')
  @ForTenant('keys:read')
  get(@PathId('id') id: string, @Req() request: FastifyRequest) {
    return this.desk.get(principalOf(request).tenantId, id);
  }

  @Post()
  @ForTenant('keys:write')
  async issue(@CheckedBody() body: IssueKeyBody, @Req() request: FastifyRequest) {
    const principal = principalOf(request);
    const terms = delegatedTerms(principal, wantedTerms(body));
    return this.desk.issue(principal.tenantId, body.mode, terms, tenantContext(request));
  }

  @Post(':id/rotate')
  @ForTenant('keys:write')
  async rotate(
    @PathId('id') id: string,
    @CheckedBody() { overlapSeconds }: RotateBody,
    @Req() request: FastifyRequest,
  ) {
    const principal = principalOf(request);
    mayHandOn(principal, await this.keys.own(principal.tenantId, id));
    return this.desk.rotate(principal.tenantId, id, overlapSeconds, tenantContext(request));
  }

  @Post(':id/revoke')
  @HttpCode(204)
  @ForTenant('keys:write')
  revoke(
    @PathId('id') id: string,
    @CheckedBody() { reason }: RevokeBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { tenantId } = principalOf(request);
    const why = reason ?? 'revoked by the tenant';
    return this.desk.revoke(tenantId, id, why, tenantContext(request));
  }
}
