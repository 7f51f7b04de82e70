import { CLOCK, type Clock, newId, Tenants } from '@imprest/application';
import { CONFIG, type Config, Describes, OperatorOnly } from '@imprest/platform';
import { TenancyQueries } from '@imprest/read-models';
import { Controller, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { pageLimit } from '../http/page-limit.js';
import { CreatedPageQuery } from '../http/page-query.js';
import { PathId } from '../http/path-id.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { tenantOperations } from '../openapi/operations/tenants.js';
import { CreateTenantBody, GrantBody, ReasonBody, RotateBody } from './requests.js';

class TenantsQuery extends CreatedPageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @IsOptional()
  @IsIn(['true', 'false'])
  frozen?: 'true' | 'false';
}

const DAY_SECONDS = 86_400;

@Controller('admin/v1/tenants')
@Describes(tenantOperations)
export class TenantsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly tenancy: TenancyQueries,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @OperatorOnly()
  async create(@CheckedBody() { id, name }: CreateTenantBody, @Req() request: FastifyRequest) {
    const tenantId = id ?? this.id('tnt');
    const context = operatorContext(request);
    const created = await this.tenants.create(tenantId, name, context);
    const { forNewAccounts, tokensPerCredit } = this.config.credits;
    await this.tenants.welcome(tenantId, BigInt(forNewAccounts * tokensPerCredit), context);
    return created;
  }

  @Get()
  @OperatorOnly('any')
  @RouteSchema({ querystring: schemaFromClass(TenantsQuery) })
  async list(@Query() { sort, cursor, limit, q: text, frozen }: TenantsQuery) {
    const page = await this.tenancy.tenants({
      ...{ sort, cursor, limit: pageLimit(limit), text },
      ...(frozen !== undefined && { frozen: frozen === 'true' }),
    });
    return { tenants: page.items, nextCursor: page.nextCursor };
  }

  @Post(':tenantId/grants')
  @OperatorOnly('finance')
  async grant(
    @PathId('tenantId') tenantId: string,
    @CheckedBody() body: GrantBody,
    @Req() request: FastifyRequest,
  ) {
    const grant = {
      grantId: body.grantId ?? this.id('lot'),
      tokens: BigInt(body.tokens),
      reason: body.reason,
      expiresAt: body.expiresAt ? new Date(body.expiresAt).toISOString() : null,
    };
    await this.tenants.grant(tenantId, grant, operatorContext(request));
    return { ...grant, tokens: body.tokens };
  }

  @Post(':tenantId/freeze')
  @HttpCode(204)
  @OperatorOnly()
  freeze(
    @PathId('tenantId') tenantId: string,
    @CheckedBody() { reason }: ReasonBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.tenants.setFrozen(tenantId, true, reason, operatorContext(request));
  }

  @Post(':tenantId/unfreeze')
  @HttpCode(204)
  @OperatorOnly()
  unfreeze(
    @PathId('tenantId') tenantId: string,
    @CheckedBody() { reason }: ReasonBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.tenants.setFrozen(tenantId, false, reason, operatorContext(request));
  }

  @Post(':tenantId/webhook-secret/rotate')
  @OperatorOnly()
  rotateWebhookSecret(
    @PathId('tenantId') tenantId: string,
    @CheckedBody() { overlapSeconds }: RotateBody,
    @Req() request: FastifyRequest,
  ) {
    const overlap = overlapSeconds ?? DAY_SECONDS;
    return this.tenants.rotateWebhookSecret(tenantId, overlap, operatorContext(request));
  }

  private id(prefix: string): string {
    return newId(prefix, this.clock.now().getTime());
  }
}
