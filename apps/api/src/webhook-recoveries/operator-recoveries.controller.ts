import { WebhookRecoveries } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { idempotencyKey } from '../http/request-headers.js';
import { operatorRecoveryOperations } from '../openapi/operations/webhook-recoveries.js';
import { rangeOfBody, recoveryAnswer } from './mapping.js';
import { OperatorRecoveryBody } from './requests.js';

/** The same for an operator who helps a tenant. */
@Controller('admin/v1/tenants/:tenantId/webhook-recoveries')
@Describes(operatorRecoveryOperations)
export class OperatorRecoveriesController {
  constructor(private readonly recoveries: WebhookRecoveries) {}

  @Post()
  @HttpCode(202)
  @OperatorOnly()
  async recover(
    @PathId('tenantId') tenantId: string,
    @CheckedBody() body: OperatorRecoveryBody,
    @Req() request: FastifyRequest,
  ) {
    const { endpointId, reason } = body;
    const key = idempotencyKey(request);
    const asked = { ...rangeOfBody(body), endpointId, reason, idempotencyKey: key };
    return recoveryAnswer(await this.recoveries.request(tenantId, asked, operatorContext(request)));
  }

  @Get()
  @OperatorOnly()
  async list(@PathId('tenantId') tenantId: string) {
    return { recoveries: (await this.recoveries.list(tenantId)).map(recoveryAnswer) };
  }
}
