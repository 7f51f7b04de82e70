import {
  RecordReferenceConsent,
  ReferenceViews,
  WithdrawReferenceConsent,
} from '@imprest/application';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Delete, HttpCode, Put, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { principalOf, tenantContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { consentOperations } from '../openapi/operations/reference-consents.js';
import { consentOf, referenceAnswer } from './mapping.js';
import { ConsentBody, WithdrawalQuery } from './requests.js';

/** That real people whom references show have agreed to it. */
@Controller('v1/references/:id/consent')
@Describes(consentOperations)
export class ConsentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly views: ReferenceViews,
  ) {}

  @Put()
  @ForTenant('generations:write', 'polling')
  async record(
    @PathId('id') id: string,
    @CheckedBody() body: ConsentBody,
    @Req() request: FastifyRequest,
  ) {
    const { tenantId } = principalOf(request);
    const context = tenantContext(request);
    const consent = consentOf(body);
    await this.commands.execute(new RecordReferenceConsent(tenantId, id, consent, context));
    return referenceAnswer(await this.views.get(tenantId, id));
  }

  @Delete()
  @HttpCode(204)
  @ForTenant('generations:write', 'polling')
  @RouteSchema({ querystring: schemaFromClass(WithdrawalQuery) })
  async withdraw(
    @PathId('id') id: string,
    @Query() { reason = 'withdrawn by the tenant' }: WithdrawalQuery,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { tenantId } = principalOf(request);
    const context = tenantContext(request);
    await this.commands.execute(new WithdrawReferenceConsent(tenantId, id, reason, context));
  }
}
