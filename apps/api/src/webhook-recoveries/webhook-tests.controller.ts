import { WebhookTests } from '@imprest/application';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { principalOf, tenantContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { webhookTestOperations } from '../openapi/operations/webhook-tests.js';

@Controller('v1/webhook-endpoints')
@Describes(webhookTestOperations)
export class WebhookTestsController {
  constructor(private readonly tests: WebhookTests) {}

  @Post(':id/test')
  @HttpCode(202)
  @ForTenant('webhooks:write')
  async test(@PathId('id') endpointId: string, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    const id = await this.tests.send(tenantId, endpointId, tenantContext(request));
    return { id, status: 'pending' };
  }
}
