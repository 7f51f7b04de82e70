import type { CsvValue } from '@imprest/ledger-exports';
import type { UsageDimension } from '@imprest/read-models';
import { budgetAnswer } from '../limits/budget-answer.js';
import type { UsageGroup } from './usage-groups.js';

type Columns = Readonly<Record<string, (group: UsageGroup) => CsvValue>>;

function dimensionsOf({ view, endUserEmail, keyBudget, endUserBudget }: UsageGroup) {
  const { day, model, apiKey, endUser, dialect } = view;
  return {
    day,
    model,
    ...(apiKey !== undefined && {
      apiKeyId: apiKey,
      apiKeyBudget: keyBudget === undefined ? null : budgetAnswer(keyBudget),
    }),
    ...(endUser !== undefined && {
      endUserId: endUser,
      endUserEmail,
      endUserBudget: endUserBudget === undefined ? null : budgetAnswer(endUserBudget),
    }),
    dialect,
  };
}

/** Of the work that was done; null when none was. What was cancelled says nothing of it. */
function successRatio({ view: { succeeded, failed } }: UsageGroup): number | null {
  return succeeded + failed === 0 ? null : succeeded / (succeeded + failed);
}

/** Amounts are numbers, as in records of generations. */
export function usageAnswer(group: UsageGroup) {
  const { requests, succeeded, failed, cancelled, ...tokens } = group.view;
  return {
    ...dimensionsOf(group),
    ...{ requests, succeeded, failed, cancelled, successRatio: successRatio(group) },
    xTokens: {
      held: Number(tokens.held),
      captured: Number(tokens.captured),
      released: Number(tokens.released),
      refunded: Number(tokens.refunded),
    },
  };
}

const budgetColumns = (
  prefix: string,
  budgetOf: (group: UsageGroup) => UsageGroup['keyBudget'],
): Columns => ({
  [`${prefix}_budget_per_day`]: (group) => budgetOf(group)?.limits.perDay,
  [`${prefix}_spent_today`]: (group) => budgetOf(group)?.spent.day,
  [`${prefix}_budget_per_month`]: (group) => budgetOf(group)?.limits.perMonth,
  [`${prefix}_spent_this_month`]: (group) => budgetOf(group)?.spent.month,
  [`${prefix}_budget_total`]: (group) => budgetOf(group)?.limits.total,
  [`${prefix}_spent_total`]: (group) => budgetOf(group)?.spent.total,
});

const ofDimension: Readonly<Record<UsageDimension, Columns>> = {
  day: { day: ({ view }) => view.day },
  model: { model: ({ view }) => view.model },
  apiKey: {
    api_key: ({ view }) => view.apiKey,
    ...budgetColumns('api_key', ({ keyBudget }) => keyBudget),
  },
  endUser: {
    end_user: ({ view }) => view.endUser,
    end_user_email: ({ endUserEmail }) => endUserEmail,
    ...budgetColumns('end_user', ({ endUserBudget }) => endUserBudget),
  },
  dialect: { dialect: ({ view }) => view.dialect },
};

export function usageColumns(groupBy: readonly UsageDimension[]): Columns {
  return {
    ...Object.assign({}, ...groupBy.map((dimension) => ofDimension[dimension])),
    requests: ({ view }) => view.requests,
    succeeded: ({ view }) => view.succeeded,
    failed: ({ view }) => view.failed,
    cancelled: ({ view }) => view.cancelled,
    success_ratio: (group) => successRatio(group),
    tokens_held: ({ view }) => view.held,
    tokens_captured: ({ view }) => view.captured,
    tokens_released: ({ view }) => view.released,
    tokens_refunded: ({ view }) => view.refunded,
  };
}
