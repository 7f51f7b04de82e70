import { accountOpened, priceOf, tokensPurchased } from '@imprest/testkit/domain';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { fold } from '../shared/decider.js';
import { sumOfAllocations } from '../shared/tokens.js';
import {
  type BudgetCharge,
  type BudgetLimits,
  type BudgetSubject,
  restoreTokenAccount,
  snapshotTokenAccount,
  type TokenAccountCommand,
  type TokenAccountEvent,
  type TokenAccountState,
  tokenAccount,
} from './index.js';

vi.setConfig({ testTimeout: 30_000 });

const HOUR_MS = 3_600_000;
const subjects: readonly BudgetSubject[] = [
  { kind: 'apiKey', id: 'k1' },
  { kind: 'apiKey', id: 'k2' },
  { kind: 'endUser', id: 'u1' },
  { kind: 'endUser', id: 'u2' },
];
const subject = fc.constantFrom(...subjects);
const limit = fc.option(fc.bigInt(0n, 60n));
const generationId = fc.integer({ min: 0, max: 15 }).map((n) => `g${n}`);

type Draft = (now: string, audit: Audit) => TokenAccountCommand;

/** Adds up what events say of each budget, generation by generation, in no hurry. */
class Audit {
  readonly spent: { charge: BudgetCharge; generationId: string; tokens: bigint }[] = [];
  readonly limits = new Map<string, BudgetLimits>();
  readonly settled = new Map<string, TokenAccountCommand>();

  sum(budgetId: string, on: (day: string) => boolean): bigint {
    return this.spent
      .filter(({ charge }) => charge.budgetId === budgetId && on(charge.on))
      .reduce((sum, { tokens }) => sum + tokens, 0n);
  }

  enter(event: TokenAccountEvent): void {
    if (event.type === 'BudgetSet') this.limits.set(event.data.budgetId, event.data.limits);
    if (event.type === 'TokensHeld') {
      const { budgets = [], generationId: id, tokens } = event.data;
      for (const charge of budgets) this.spent.push({ charge, generationId: id, tokens });
      for (const charge of budgets) this.isKept(charge);
    }
    if (event.type === 'HoldSettled' || event.type === 'HoldReleased') {
      this.giveBack(event.data.generationId, sumOfAllocations(event.data.released));
    }
    if (event.type === 'HoldSettled') this.remember(event.data);
    if (event.type === 'TokensRefunded') {
      this.giveBack(event.data.generationId, sumOfAllocations(event.data.allocations));
    }
  }

  private isKept({ budgetId, on }: BudgetCharge): void {
    const { perDay, perMonth, total } = this.limits.get(budgetId)!;
    const sum = (fits: (day: string) => boolean) => this.sum(budgetId, fits);
    if (perDay !== null) expect(sum((day) => day === on) <= perDay).toBe(true);
    if (perMonth !== null) {
      expect(sum((day) => day.slice(0, 7) === on.slice(0, 7)) <= perMonth).toBe(true);
    }
    if (total !== null) expect(sum(() => true) <= total).toBe(true);
  }

  private giveBack(id: string, tokens: bigint): void {
    for (const each of this.spent) if (each.generationId === id) each.tokens -= tokens;
  }

  private remember(data: Extract<TokenAccountEvent, { type: 'HoldSettled' }>['data']): void {
    const charges = this.spent.filter((each) => each.generationId === data.generationId);
    this.settled.set(data.generationId, {
      ...{ type: 'RefundTokens', refundId: `r_${data.generationId}`, reason: 'a seam' },
      ...{ generationId: data.generationId, captured: data.captured, tokens: 1n },
      budgets: charges.map(({ charge }) => charge),
    });
  }
}

const drafts = fc.oneof(
  fc
    .record({ generationId, tokens: fc.bigInt(0n, 25n), by: fc.tuple(subject, subject) })
    .map(({ generationId: id, tokens, by }): Draft => {
      return (now) => {
        return { type: 'HoldTokens', generationId: id, price: priceOf(tokens), now, spenders: by };
      };
    }),
  fc.record({ generationId, capture: fc.bigInt(0n, 25n) }).map((parts): Draft => {
    return () => ({ type: 'SettleHold', ...parts });
  }),
  generationId.map((id): Draft => {
    return () => ({ type: 'ReleaseHold', generationId: id, reason: 'cancelled' });
  }),
  generationId.map((id): Draft => {
    const nothing = { type: 'ReleaseHold', generationId: id, reason: 'cancelled' } as const;
    return (_, { settled }) => settled.get(id) ?? nothing;
  }),
  fc
    .record({ subject, limits: fc.record({ perDay: limit, perMonth: limit, total: limit }) })
    .chain((parts) => fc.uuid().map((newBudgetId) => ({ ...parts, newBudgetId })))
    .map((parts): Draft => {
      return () => ({ type: 'SetBudget', ...parts });
    }),
  fc.record({ from: subject, subject }).map((parts): Draft => {
    return () => ({ type: 'ShareBudget', ...parts });
  }),
  subject.map((of): Draft => {
    return () => ({ type: 'ClearBudget', subject: of });
  }),
);
const step = fc.record({ draft: drafts, hours: fc.integer({ min: -3, max: 30 }) });

function agrees(state: TokenAccountState, audit: Audit): void {
  for (const [budgetId, { spending }] of state.budgets.byId) {
    const sum = (on: (day: string) => boolean) => audit.sum(budgetId, on);
    expect(spending).toEqual({
      on: spending.on,
      day: sum((day) => day === spending.on),
      month: sum((day) => day.slice(0, 7) === spending.on.slice(0, 7)),
      total: sum(() => true),
    });
  }
}

test('no budget is ever exceeded, whatever the order, and each says what was spent of it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const audit = new Audit();
      let state = fold(tokenAccount, [accountOpened, tokensPurchased('paid', 100_000n)]);
      let nowMs = Date.parse('2026-01-28T20:00:00.000Z');
      for (const { draft, hours } of steps) {
        nowMs += hours * HOUR_MS;
        const command = draft(new Date(nowMs).toISOString(), audit);
        const decision = tokenAccount.decide(command, state);
        if (decision.kind === 'rejected') continue;
        for (const event of decision.events) {
          audit.enter(event);
          state = tokenAccount.evolve(state, event);
        }
      }
      agrees(state, audit);
      const snapshot = JSON.parse(JSON.stringify(snapshotTokenAccount(state)));
      expect(restoreTokenAccount(snapshot).budgets).toEqual(state.budgets);
    }),
    { numRuns: 300 },
  );
});
