import {
  ApiKeyAuthenticator,
  DomainFailure,
  noSuchTenant,
  TenantShares,
  Tenants,
} from '@imprest/application';
import { validationError } from '@imprest/domain';
import { Describes, OperatorOnly, RequestRates } from '@imprest/platform';
import { Controller, Get, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { tierOperations } from '../openapi/operations/tiers.js';
import { TierBody } from './requests.js';

/** Which tiers there are, and which one a tenant has. */
@Controller('admin/v1')
@Describes(tierOperations)
export class TiersController {
  constructor(
    private readonly tenants: Tenants,
    private readonly shares: TenantShares,
    private readonly authenticator: ApiKeyAuthenticator,
    private readonly rates: RequestRates,
  ) {}

  @Get('tiers')
  @OperatorOnly()
  list() {
    const { version, defaultTier, tiers } = this.rates.plan;
    const named = [...tiers].map(([name, times]) => ({ name, times }));
    return { version, defaultTier, tiers: named };
  }

  @Get('tenants/:tenantId/tier')
  @OperatorOnly()
  async get(@PathId('tenantId') tenantId: string) {
    if (!(await this.tenants.exists(tenantId))) throw noSuchTenant(tenantId);
    return this.answer(tenantId, await this.tenants.tier(tenantId));
  }

  @Put('tenants/:tenantId/tier')
  @OperatorOnly()
  async assign(
    @PathId('tenantId') tenantId: string,
    @CheckedBody() { tier }: TierBody,
    @Req() request: FastifyRequest,
  ) {
    const { tiers } = this.rates.plan;
    if (!tiers.has(tier)) {
      const rule = `must be one of ${[...tiers.keys()].join(', ')}`;
      throw new DomainFailure(validationError('tier', rule));
    }
    await this.tenants.assignTier(tenantId, tier, operatorContext(request));
    this.authenticator.forgetAll();
    await this.shares.apply(tenantId);
    return this.answer(tenantId, tier);
  }

  /** A tier that the plan has no more counts as the default one. */
  private answer(tenantId: string, assigned: string | null) {
    const { tiers, defaultTier } = this.rates.plan;
    const tier = assigned !== null && tiers.has(assigned) ? assigned : defaultTier;
    return { tenantId, tier, times: tiers.get(tier) };
  }
}
