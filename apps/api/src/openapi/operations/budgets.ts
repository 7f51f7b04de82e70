import type { Operation } from '@imprest/platform';
import { budget } from '../schemas/limits.js';

const tag = 'Limits';
const spent = { today: 35, thisMonth: 420, total: 420 };
const example = { perDay: 100, perMonth: 1_000, total: null, spent };
const answers = { 200: { description: 'The budget.', schema: budget, example } };
const cleared = { 204: { description: 'Nothing caps it any more.' } };

const set = {
  tag,
  description:
    'A request that costs more than is left of one of its budgets is refused with `budget_exceeded`, before any debit. What is released or refunded comes back to the periods it was spent in. Days and months are those of UTC; `spent` counts from when the budget was first set, and other limits leave it as it is.',
  body: {
    name: 'NewBudget',
    fields: {
      perDay: { description: 'Tokens a day; no cap when absent or null.' },
      perMonth: { description: 'Tokens a month; no cap when absent or null.' },
      total: { description: 'Tokens altogether; no cap when absent or null.' },
    },
    examples: {
      month: { summary: 'A hundred a day', value: { perDay: 100, perMonth: 1_000 } },
    },
  },
  answers,
} satisfies Partial<Operation>;

export const endUserBudgetOperations = {
  get: {
    ...{ id: 'getEndUserBudget', tag, summary: 'Budget of an end user' },
    answers,
    errors: ['not_found'],
  },
  set: {
    ...set,
    ...{ id: 'setEndUserBudget', summary: 'Set the budget of an end user' },
    errors: ['conflict', 'not_found'],
  },
  clear: {
    ...{ id: 'clearEndUserBudget', tag, summary: 'Clear the budget of an end user' },
    description: 'Safe to repeat.',
    answers: cleared,
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;

const keyBudget = (who: 'Key' | 'OwnKey', summary: string) => ({
  get: {
    ...{ id: `get${who}Budget`, tag, summary: `Budget of ${summary}` },
    answers,
    errors: ['not_found'] as const,
  },
  set: {
    ...set,
    ...{ id: `set${who}Budget`, summary: `Set the budget of ${summary}` },
    description: `${set.description} A key that is rotated shares its budget with its successor.`,
    errors: ['conflict', 'not_found'] as const,
  },
  clear: {
    ...{ id: `clear${who}Budget`, tag, summary: `Clear the budget of ${summary}` },
    description: 'Safe to repeat.',
    answers: cleared,
    errors: ['not_found'] as const,
  },
});

export const keyBudgetOperations = keyBudget('Key', 'a key') satisfies Record<string, Operation>;
export const ownKeyBudgetOperations = keyBudget('OwnKey', 'a key of yours') satisfies Record<
  string,
  Operation
>;
