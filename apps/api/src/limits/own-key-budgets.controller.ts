import { ApiKeys } from '@imprest/application';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Delete, Get, HttpCode, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { principalOf, tenantContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { ownKeyBudgetOperations } from '../openapi/operations/budgets.js';
import { BudgetOf } from './budget-of.js';
import { keySubject } from './key-subject.js';
import { BudgetBody } from './requests.js';

/** What a tenant lets its own keys spend. */
@Controller('v1/keys/:id/budget')
@Describes(ownKeyBudgetOperations)
export class OwnKeyBudgetsController {
  constructor(
    private readonly budgetOf: BudgetOf,
    private readonly keys: ApiKeys,
  ) {}

  @Get()
  @ForTenant('keys:read')
  async get(@PathId('id') id: string, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    return this.budgetOf.get(tenantId, await keySubject(this.keys, tenantId, id));
  }

  @Put()
  @ForTenant('keys:write')
  async set(
    @PathId('id') id: string,
    @CheckedBody() body: BudgetBody,
    @Req() request: FastifyRequest,
  ) {
    const { tenantId } = principalOf(request);
    const subject = await keySubject(this.keys, tenantId, id);
    return this.budgetOf.set(tenantId, subject, body, tenantContext(request));
  }

  @Delete()
  @HttpCode(204)
  @ForTenant('keys:write')
  async clear(@PathId('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const { tenantId } = principalOf(request);
    const subject = await keySubject(this.keys, tenantId, id);
    await this.budgetOf.clear(tenantId, subject, tenantContext(request));
  }
}
