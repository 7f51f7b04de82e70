import { Budgets, type CommandContext, DomainFailure } from '@imprest/application';
import { type BudgetSubject, domainError } from '@imprest/domain';
import { Injectable } from '@nestjs/common';
import { budgetAnswer, budgetLimits } from './budget-answer.js';
import type { BudgetBody } from './requests.js';

/** What the routes of a budget answer, whoever it belongs to. */
@Injectable()
export class BudgetOf {
  constructor(private readonly budgets: Budgets) {}

  /** @throws DomainFailure not_found */
  async get(tenantId: string, subject: BudgetSubject) {
    const [view] = await this.budgets.views(tenantId, [subject]);
    if (view === undefined) throw new DomainFailure(domainError('not_found', 'no budget is set'));
    return budgetAnswer(view);
  }

  async set(tenantId: string, subject: BudgetSubject, body: BudgetBody, context: CommandContext) {
    return budgetAnswer(await this.budgets.set(tenantId, subject, budgetLimits(body), context));
  }

  clear(tenantId: string, subject: BudgetSubject, context: CommandContext): Promise<void> {
    return this.budgets.clear(tenantId, subject, context);
  }
}
