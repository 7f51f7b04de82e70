import { EndUserDirectory } from '@imprest/application';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Delete, Get, HttpCode, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { principalOf, tenantContext } from '../http/context.js';
import { PathEmail } from '../http/path-id.js';
import { endUserBudgetOperations } from '../openapi/operations/budgets.js';
import { BudgetOf } from './budget-of.js';
import { BudgetBody } from './requests.js';

/** The account knows an end user by the pseudonym, so a budget may be there before the first request. */
@Controller('v1/end-users/:email/budget')
@Describes(endUserBudgetOperations)
export class EndUserBudgetsController {
  constructor(
    private readonly budgetOf: BudgetOf,
    private readonly directory: EndUserDirectory,
  ) {}

  @Get()
  @ForTenant('end_users:read')
  get(@PathEmail('email') email: string, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    return this.budgetOf.get(tenantId, this.subject(tenantId, email));
  }

  @Put()
  @ForTenant('end_users:write')
  set(
    @PathEmail('email') email: string,
    @CheckedBody() body: BudgetBody,
    @Req() request: FastifyRequest,
  ) {
    const { tenantId } = principalOf(request);
    const subject = this.subject(tenantId, email);
    return this.budgetOf.set(tenantId, subject, body, tenantContext(request));
  }

  @Delete()
  @HttpCode(204)
  @ForTenant('end_users:write')
  clear(@PathEmail('email') email: string, @Req() request: FastifyRequest): Promise<void> {
    const { tenantId } = principalOf(request);
    return this.budgetOf.clear(tenantId, this.subject(tenantId, email), tenantContext(request));
  }

  private subject(tenantId: string, email: string) {
    return { kind: 'endUser', id: this.directory.pseudonym(tenantId, email) } as const;
  }
}
