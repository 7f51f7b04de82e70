import {
  type BudgetLimits,
  type BudgetSpending,
  type BudgetSubject,
  budgetIdOf,
  spendingOn,
} from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { tokenAccountStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { newId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import { CLOCK } from '../ports/tokens.js';

export interface BudgetView {
  readonly limits: BudgetLimits;
  /** On the present day, in its month and altogether, since the budget was first set. */
  readonly spent: Readonly<Pick<BudgetSpending, 'day' | 'month' | 'total'>>;
}

/** What keys and end users of a tenant may spend. The account itself keeps to it. */
@Injectable()
export class Budgets {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Begins a budget, or changes its limits and leaves what was spent. Safe to repeat. @throws DomainFailure */
  async set(
    tenantId: string,
    subject: BudgetSubject,
    limits: BudgetLimits,
    context: CommandContext,
  ): Promise<BudgetView> {
    const newBudgetId = newId('bud', this.clock.now().getTime());
    const command = { type: 'SetBudget', subject, limits, newBudgetId } as const;
    const result = await this.runner.run(tokenAccountStream, tenantId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    const [view] = await this.views(tenantId, [subject]);
    if (view === undefined) throw new Error(`the budget of ${subject.kind} ${subject.id} is gone`);
    return view;
  }

  /** Safe to repeat. */
  async clear(tenantId: string, subject: BudgetSubject, context: CommandContext): Promise<void> {
    const command = { type: 'ClearBudget', subject } as const;
    const result = await this.runner.run(tokenAccountStream, tenantId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
  }

  /** From the account's own stream: never behind. Undefined for a subject without a budget. */
  views(
    tenantId: string,
    subjects: readonly BudgetSubject[],
  ): Promise<readonly (BudgetView | undefined)[]> {
    const now = this.clock.now().toISOString();
    return this.runner.read(tokenAccountStream, tenantId, ({ budgets }) =>
      subjects.map((subject) => {
        const id = budgetIdOf(budgets, subject);
        const budget = id === undefined ? undefined : budgets.byId.get(id);
        if (budget === undefined) return undefined;
        const { day, month, total } = spendingOn(budget, now);
        return { limits: budget.limits, spent: { day, month, total } };
      }),
    );
  }
}
