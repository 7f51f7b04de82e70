import { WebhookEndpoints, WebhookRecoveries } from '@imprest/application';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { principalOf, tenantContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { idempotencyKey } from '../http/request-headers.js';
import { webhookRecoveryOperations } from '../openapi/operations/webhook-recoveries.js';
import { rangeOfBody, recoveryAnswer } from './mapping.js';
import { RecoveryBody } from './requests.js';

const reason = 'asked for by the tenant';

/** Everything that did not arrive, again. */
@Controller('v1')
@Describes(webhookRecoveryOperations)
export class WebhookRecoveriesController {
  constructor(
    private readonly recoveries: WebhookRecoveries,
    private readonly endpoints: WebhookEndpoints,
  ) {}

  @Post('webhook-messages/recover')
  @HttpCode(202)
  @ForTenant('webhooks:write')
  async recover(@CheckedBody() body: RecoveryBody, @Req() request: FastifyRequest) {
    return this.request(body, request);
  }

  @Post('webhook-endpoints/:id/recover')
  @HttpCode(202)
  @ForTenant('webhooks:write')
  async recoverEndpoint(
    @PathId('id') id: string,
    @CheckedBody() body: RecoveryBody,
    @Req() request: FastifyRequest,
  ) {
    await this.endpoints.get(principalOf(request).tenantId, id);
    return this.request(body, request, id);
  }

  @Get('webhook-recoveries')
  @ForTenant('webhooks:read')
  async list(@Req() request: FastifyRequest) {
    const recoveries = await this.recoveries.list(principalOf(request).tenantId);
    return { recoveries: recoveries.map(recoveryAnswer) };
  }

  @Get('webhook-recoveries/:id')
  @ForTenant('webhooks:read')
  async get(@PathId('id') id: string, @Req() request: FastifyRequest) {
    return recoveryAnswer(await this.recoveries.get(principalOf(request).tenantId, id));
  }

  private async request(body: RecoveryBody, request: FastifyRequest, endpointId?: string) {
    const key = idempotencyKey(request);
    const asked = { ...rangeOfBody(body), endpointId, idempotencyKey: key, reason };
    const { tenantId } = principalOf(request);
    return recoveryAnswer(await this.recoveries.request(tenantId, asked, tenantContext(request)));
  }
}
