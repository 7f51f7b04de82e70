import { monthOf, monthsLater, startOfMonth } from '../accounting-period/month.js';
import { type DomainError, domainError } from '../shared/domain-error.js';
import type { Tokens } from '../shared/tokens.js';

/** Whose spending a budget caps. An end user is known by the pseudonym alone. */
export interface BudgetSubject {
  readonly kind: 'apiKey' | 'endUser';
  readonly id: string;
}

/** Most tokens that may be spent in each period of UTC; null is no cap. */
export interface BudgetLimits {
  readonly perDay: Tokens | null;
  readonly perMonth: Tokens | null;
  readonly total: Tokens | null;
}

/** Where a hold counts: what comes back of it comes back there. */
export interface BudgetCharge {
  readonly budgetId: string;
  /** Day in UTC, such as 2026-11-20. */
  readonly on: string;
}

/** Spent on the latest day, in its month and altogether, since the budget was first set. */
export interface BudgetSpending {
  /** The latest day on which something was spent; empty before. */
  on: string;
  day: Tokens;
  month: Tokens;
  total: Tokens;
}

export interface Budget {
  limits: BudgetLimits;
  readonly spending: BudgetSpending;
}

/** Budgets of an account. Several keys may share one: a rotated key and its successor do. */
export interface Budgets {
  readonly byId: Map<string, Budget>;
  /** Id of its budget, by subject. */
  readonly idOf: Map<string, string>;
}

export const budgetPeriods = ['total', 'perMonth', 'perDay'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

/** Budgets an account may have: all of them are kept in memory and in its snapshots. */
export const MOST_BUDGETS = 50_000;

const DAY_MS = 86_400_000;

const dayOf = (now: string) => now.slice(0, 10);

export function noBudgets(): Budgets {
  return { byId: new Map(), idOf: new Map() };
}

const subjectKey = ({ kind, id }: BudgetSubject) => `${kind}:${id}`;

export function budgetIdOf({ idOf }: Budgets, subject: BudgetSubject): string | undefined {
  return idOf.get(subjectKey(subject));
}

/** What was spent in the periods of a day. A day before the latest one is taken for that: clocks differ. */
export function spendingOn({ spending }: Budget, now: string): Readonly<BudgetSpending> {
  const on = dayOf(now);
  if (on <= spending.on) return spending;
  const month = monthOf(on) === monthOf(spending.on) ? spending.month : 0n;
  return { on, day: 0n, month, total: spending.total };
}

function nextPeriod(period: BudgetPeriod, on: string): string | undefined {
  if (period === 'total') return undefined;
  if (period === 'perMonth') return startOfMonth(monthsLater(monthOf(on), 1));
  return new Date(Date.parse(on) + DAY_MS).toISOString();
}

const words = { perDay: 'a day', perMonth: 'a month', total: 'in total' } as const;

function exceeded(
  { kind }: BudgetSubject,
  period: BudgetPeriod,
  { limit, spent, required }: Readonly<Record<'limit' | 'spent' | 'required', Tokens>>,
  on: string,
): DomainError {
  const resetsAt = nextPeriod(period, on);
  const who = kind === 'apiKey' ? 'this key' : 'this end user';
  const message = `${who} may spend ${limit} tokens ${words[period]} and has spent ${spent}; this request costs ${required}`;
  const amounts = { limit: Number(limit), spent: Number(spent), required: Number(required) };
  const details = { budget: kind, period, ...amounts, ...(resetsAt !== undefined && { resetsAt }) };
  return domainError('budget_exceeded', message, { details });
}

function refusal(
  { limits }: Budget,
  subject: BudgetSubject,
  tokens: Tokens,
  { on, day, month, total }: Readonly<BudgetSpending>,
): DomainError | undefined {
  const spent = { perDay: day, perMonth: month, total };
  for (const period of budgetPeriods) {
    const limit = limits[period];
    if (limit === null || spent[period] + tokens <= limit) continue;
    return exceeded(subject, period, { limit, spent: spent[period], required: tokens }, on);
  }
  return undefined;
}

/** Where a hold counts, each budget once; or why one of them does not allow it. */
export function chargesFor(
  budgets: Budgets,
  spenders: readonly BudgetSubject[],
  tokens: Tokens,
  now: string,
): readonly BudgetCharge[] | DomainError {
  const charges: BudgetCharge[] = [];
  for (const subject of spenders) {
    const budgetId = budgetIdOf(budgets, subject);
    const budget = budgetId === undefined ? undefined : budgets.byId.get(budgetId);
    if (budgetId === undefined || budget === undefined) continue;
    if (charges.some((charge) => charge.budgetId === budgetId)) continue;
    const spending = spendingOn(budget, now);
    const refused = refusal(budget, subject, tokens, spending);
    if (refused !== undefined) return refused;
    charges.push({ budgetId, on: spending.on });
  }
  return charges;
}

export function spend(budgets: Budgets, charges: readonly BudgetCharge[], tokens: Tokens): void {
  for (const { budgetId, on } of charges) {
    const budget = budgets.byId.get(budgetId);
    if (budget === undefined) continue;
    const { day, month, total } = spendingOn(budget, on);
    Object.assign(budget.spending, {
      on,
      day: day + tokens,
      month: month + tokens,
      total: total + tokens,
    });
  }
}

/** Gives back to the periods that it counted in, as far as they are not over. */
export function giveBack(budgets: Budgets, charges: readonly BudgetCharge[], tokens: Tokens): void {
  for (const { budgetId, on } of charges) {
    const spending = budgets.byId.get(budgetId)?.spending;
    if (spending === undefined) continue;
    spending.total -= tokens;
    if (monthOf(on) === monthOf(spending.on)) spending.month -= tokens;
    if (on === spending.on) spending.day -= tokens;
  }
}

export function setBudget(
  budgets: Budgets,
  budgetId: string,
  subject: BudgetSubject,
  limits: BudgetLimits,
): void {
  const known = budgets.byId.get(budgetId);
  if (known !== undefined) known.limits = limits;
  else budgets.byId.set(budgetId, { limits, spending: { on: '', day: 0n, month: 0n, total: 0n } });
  budgets.idOf.set(subjectKey(subject), budgetId);
}

export function joinBudget(budgets: Budgets, budgetId: string, subject: BudgetSubject): void {
  leaveBudget(budgets, subject);
  budgets.idOf.set(subjectKey(subject), budgetId);
}

/** A budget goes with the last of those who share it. */
export function leaveBudget(budgets: Budgets, subject: BudgetSubject): void {
  const budgetId = budgetIdOf(budgets, subject);
  if (budgetId === undefined) return;
  budgets.idOf.delete(subjectKey(subject));
  for (const shared of budgets.idOf.values()) if (shared === budgetId) return;
  budgets.byId.delete(budgetId);
}
