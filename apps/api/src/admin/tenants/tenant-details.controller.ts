import { CLOCK, type Clock, noSuchTenant, TenantShares, Tenants } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { LedgerQueries, TenancyQueries } from '@imprest/read-models';
import { Controller, Get, Inject } from '@nestjs/common';
import { PathId } from '../../http/path-id.js';
import { tenantDetailsOperations } from '../../openapi/operations/tenant-details.js';

const NOTHING = { available: '0', held: '0', purchased: '0', promotional: '0', frozen: null };

/** One tenant, as an operator who is asked about it wants to see it. */
@Controller('admin/v1/tenants')
@Describes(tenantDetailsOperations)
export class TenantDetailsController {
  constructor(
    private readonly tenancy: TenancyQueries,
    private readonly tenants: Tenants,
    private readonly shares: TenantShares,
    private readonly ledger: LedgerQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':tenantId')
  @OperatorOnly('any')
  async get(@PathId('tenantId') tenantId: string) {
    const tenant = await this.tenancy.tenant(tenantId);
    if (tenant === undefined) throw noSuchTenant(tenantId);
    const [details, tier, share, balances = NOTHING] = await Promise.all([
      this.tenancy.details(tenantId, this.clock.now()),
      this.tenants.tier(tenantId),
      this.shares.of(tenantId),
      this.ledger.balances({ tenantId }),
    ]);
    const { available, held, purchased, promotional, frozen } = balances;
    return {
      ...tenant,
      state: frozen === null ? 'active' : 'frozen',
      frozenReason: frozen,
      frozenSince: details.frozenSince?.toISOString() ?? null,
      tier,
      share: share.applied,
      balance: { available, held, purchased, promotional },
      keys: details.keys,
      lastActivityAt: details.lastActivityAt?.toISOString() ?? null,
    };
  }
}
