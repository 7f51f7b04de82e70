import { ApiKeys } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Delete, Get, HttpCode, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { keyBudgetOperations } from '../openapi/operations/budgets.js';
import { BudgetOf } from './budget-of.js';
import { keySubject } from './key-subject.js';
import { BudgetBody } from './requests.js';

@Controller('admin/v1/tenants/:tenantId/keys/:keyId/budget')
@Describes(keyBudgetOperations)
export class KeyBudgetsController {
  constructor(
    private readonly budgetOf: BudgetOf,
    private readonly keys: ApiKeys,
  ) {}

  @Get()
  @OperatorOnly()
  async get(@PathId('tenantId') tenantId: string, @PathId('keyId') keyId: string) {
    return this.budgetOf.get(tenantId, await keySubject(this.keys, tenantId, keyId));
  }

  @Put()
  @OperatorOnly()
  async set(
    @PathId('tenantId') tenantId: string,
    @PathId('keyId') keyId: string,
    @CheckedBody() body: BudgetBody,
    @Req() request: FastifyRequest,
  ) {
    const subject = await keySubject(this.keys, tenantId, keyId);
    return this.budgetOf.set(tenantId, subject, body, operatorContext(request));
  }

  @Delete()
  @HttpCode(204)
  @OperatorOnly()
  async clear(
    @PathId('tenantId') tenantId: string,
    @PathId('keyId') keyId: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const subject = await keySubject(this.keys, tenantId, keyId);
    await this.budgetOf.clear(tenantId, subject, operatorContext(request));
  }
}
