import {
  BalanceAlerts,
  DomainFailure,
  OUTGOING_TARGET_GUARD,
  type OutgoingTargetGuard,
} from '@imprest/application';
import { domainError, validationError } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Delete, Get, HttpCode, Inject, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { principalOf, tenantContext } from '../http/context.js';
import { balanceAlertOperations } from '../openapi/operations/balance-alert.js';
import { BalanceAlertBody } from './requests.js';

/** Below how many tokens the tenant wants to hear of it. */
@Controller('v1/balance/alert')
@Describes(balanceAlertOperations)
export class BalanceAlertController {
  constructor(
    private readonly alerts: BalanceAlerts,
    @Inject(OUTGOING_TARGET_GUARD) private readonly targets: OutgoingTargetGuard,
  ) {}

  @Get()
  @ForTenant('balance:read')
  async get(@Req() request: FastifyRequest) {
    const alert = await this.alerts.get(principalOf(request).tenantId);
    if (alert === undefined) {
      throw new DomainFailure(domainError('not_found', 'no alert is set'));
    }
    return { threshold: Number(alert.threshold), webhookUrl: alert.url };
  }

  @Put()
  @ForTenant('webhooks:write')
  async set(@CheckedBody() body: BalanceAlertBody, @Req() request: FastifyRequest) {
    const { threshold, webhookUrl } = body;
    const verdict = await this.targets.checkTarget(webhookUrl);
    if (!verdict.ok) throw new DomainFailure(validationError('webhookUrl', verdict.reason));
    const alert = { threshold: BigInt(threshold), url: webhookUrl };
    await this.alerts.set(principalOf(request).tenantId, alert, tenantContext(request));
    return { threshold, webhookUrl };
  }

  @Delete()
  @HttpCode(204)
  @ForTenant('webhooks:write')
  async clear(@Req() request: FastifyRequest): Promise<void> {
    await this.alerts.clear(principalOf(request).tenantId, tenantContext(request));
  }
}
