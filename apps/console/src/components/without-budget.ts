import { ApiError } from '../api/api-error.ts';
import type { Budget } from './budget-dialog.tsx';

const UNLIMITED: Budget = {
  perDay: null,
  perMonth: null,
  total: null,
  spent: { today: 0, thisMonth: 0, total: 0 },
};

/** The budget of who has none, which the API answers with 404. @throws the error when it is another one */
export function withoutBudget(error: unknown): Budget {
  if (error instanceof ApiError && error.status === 404) return UNLIMITED;
  throw error;
}
