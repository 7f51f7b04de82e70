import { DEFAULT_REQUESTS_PER_MINUTE, noSuchTenant, Tenants } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { RotateBody } from '../admin/requests.js';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { CreatedPageQuery } from '../http/page-query.js';
import { PathId } from '../http/path-id.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { tenantKeyOperations } from '../openapi/operations/keys.js';
import { KeyDesk, wantedTerms } from './key-desk.js';
import { IssueKeyBody, RevokeBody } from './requests.js';

/** The operator's hand on the keys of any tenant: the first one has to come from somewhere. */
@Controller('admin/v1/tenants/:tenantId/keys')
@Describes(tenantKeyOperations)
export class TenantKeysController {
  constructor(
    private readonly desk: KeyDesk,
    private readonly tenants: Tenants,
  ) {}

  @Get()
  @OperatorOnly()
  @RouteSchema({ querystring: schemaFromClass(CreatedPageQuery) })
  list(@PathId('tenantId') tenantId: string, @Query() query: CreatedPageQuery) {
    return this.desk.page(tenantId, query);
  }

  @Post()
  @OperatorOnly()
  async issue(
    @PathId('tenantId') tenantId: string,
    @CheckedBody() body: IssueKeyBody,
    @Req() request: FastifyRequest,
  ) {
    if (!(await this.tenants.exists(tenantId))) throw noSuchTenant(tenantId);
    const usual = { expiresAt: null, requestsPerMinute: DEFAULT_REQUESTS_PER_MINUTE };
    const terms = { ...usual, ...wantedTerms(body) };
    return this.desk.issue(tenantId, body.mode, terms, operatorContext(request));
  }

  @Post(':keyId/rotate')
  @OperatorOnly()
  rotate(
    @PathId('tenantId') tenantId: string,
    @PathId('keyId') keyId: string,
    @CheckedBody() { overlapSeconds }: RotateBody,
    @Req() request: FastifyRequest,
  ) {
    return this.desk.rotate(tenantId, keyId, overlapSeconds, operatorContext(request));
  }

  @Post(':keyId/revoke')
  @HttpCode(204)
  @OperatorOnly()
  revoke(
    @PathId('tenantId') tenantId: string,
    @PathId('keyId') keyId: string,
    @CheckedBody() { reason }: RevokeBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const why = reason ?? 'revoked by the operator';
    return this.desk.revoke(tenantId, keyId, why, operatorContext(request));
  }
}
