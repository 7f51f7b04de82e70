import { type Allocation, sumOfAllocations, type Tokens } from '../shared/tokens.js';
import {
  type BudgetCharge,
  type Budgets,
  giveBack,
  joinBudget,
  leaveBudget,
  noBudgets,
  setBudget,
  spend,
} from './budgets.js';
import { type ClosedHolds, noClosedHolds, rememberClosed } from './closed-holds.js';
import type {
  HoldReleased,
  HoldSettled,
  TokenAccountEvent,
  TokensHeld,
  TokensRefunded,
} from './events.js';
import { drawsBefore, type Lot } from './lot.js';

const NO_CHARGES: readonly BudgetCharge[] = [];

export interface Hold {
  readonly tokens: Tokens;
  readonly allocations: readonly Allocation[];
  readonly budgets: readonly BudgetCharge[];
}

export interface TokenAccountState {
  opened: boolean;
  /** Why the account is frozen, null when it is not. */
  frozen: string | null;
  readonly lots: Map<string, Lot>;
  /** All lots in draw order: promotional by expiry, then purchased first in, first out. */
  readonly drawOrder: Lot[];
  /** Open holds by generation. */
  readonly holds: Map<string, Hold>;
  readonly closedHolds: ClosedHolds;
  /** Refunded so far, by generation. */
  readonly refunded: Map<string, Tokens>;
  readonly refundIds: Set<string>;
  readonly chargeBackIds: Set<string>;
  readonly purchaseRefundIds: Set<string>;
  readonly budgets: Budgets;
  available: Tokens;
  held: Tokens;
}

export function initialTokenAccount(): TokenAccountState {
  return {
    opened: false,
    frozen: null,
    lots: new Map(),
    drawOrder: [],
    holds: new Map(),
    closedHolds: noClosedHolds(),
    refunded: new Map(),
    refundIds: new Set(),
    chargeBackIds: new Set(),
    purchaseRefundIds: new Set(),
    budgets: noBudgets(),
    available: 0n,
    held: 0n,
  };
}

export function addLot(state: TokenAccountState, lot: Lot): void {
  state.lots.set(lot.lotId, lot);
  const at = state.drawOrder.findIndex((other) => drawsBefore(lot, other));
  if (at < 0) state.drawOrder.push(lot);
  else state.drawOrder.splice(at, 0, lot);
  state.available += lot.available;
}

function knownLot(state: TokenAccountState, lotId: string): Lot {
  const lot = state.lots.get(lotId);
  if (lot === undefined) throw new Error(`history names lot ${lotId}, which never came in`);
  return lot;
}

function addToLots(
  state: TokenAccountState,
  allocations: readonly Allocation[],
  sign: 1n | -1n,
): void {
  for (const { lotId, tokens } of allocations) {
    knownLot(state, lotId).available += sign * tokens;
    state.available += sign * tokens;
  }
}

function openHold(state: TokenAccountState, data: TokensHeld['data']): void {
  const { generationId, tokens, allocations, budgets = NO_CHARGES } = data;
  addToLots(state, allocations, -1n);
  state.holds.set(generationId, { tokens, allocations, budgets });
  state.held += tokens;
  spend(state.budgets, budgets, tokens);
}

function closeHold(
  state: TokenAccountState,
  { generationId, released }: HoldReleased['data'] | HoldSettled['data'],
): void {
  const hold = state.holds.get(generationId);
  if (hold === undefined) throw new Error(`history closes hold ${generationId}, which is not open`);
  state.holds.delete(generationId);
  state.held -= hold.tokens;
  rememberClosed(state.closedHolds, generationId);
  addToLots(state, released, 1n);
  giveBack(state.budgets, hold.budgets, sumOfAllocations(released));
}

function refund(state: TokenAccountState, data: TokensRefunded['data']): void {
  const { generationId, refundId, allocations, budgets = NO_CHARGES } = data;
  addToLots(state, allocations, 1n);
  const tokens = sumOfAllocations(allocations);
  state.refunded.set(generationId, (state.refunded.get(generationId) ?? 0n) + tokens);
  state.refundIds.add(refundId);
  giveBack(state.budgets, budgets, tokens);
}

function receiveLot(
  state: TokenAccountState,
  kind: Lot['kind'],
  data: { readonly lotId: string; readonly tokens: Tokens; readonly expiresAt?: string | null },
): void {
  addLot(state, {
    lotId: data.lotId,
    kind,
    tokens: data.tokens,
    expiresAt: data.expiresAt ?? null,
    arrival: state.lots.size,
    available: data.tokens,
    expired: false,
    chargedBack: 0n,
    repaid: 0n,
  });
}

export function evolveTokenAccount(
  state: TokenAccountState,
  event: TokenAccountEvent,
): TokenAccountState {
  switch (event.type) {
    case 'AccountOpened':
      state.opened = true;
      break;
    case 'TokensPurchased':
      receiveLot(state, 'purchased', event.data);
      break;
    case 'TokensGranted':
      receiveLot(state, 'promotional', event.data);
      break;
    case 'TokensHeld':
      openHold(state, event.data);
      break;
    case 'HoldSettled':
    case 'HoldReleased':
      closeHold(state, event.data);
      break;
    case 'TokensRefunded':
      refund(state, event.data);
      break;
    case 'LotExpired':
      addToLots(state, [event.data], -1n);
      knownLot(state, event.data.lotId).expired = true;
      break;
    case 'ChargedBack':
      addToLots(state, [event.data], -1n);
      knownLot(state, event.data.lotId).chargedBack += event.data.tokens;
      state.chargeBackIds.add(event.data.chargeBackId);
      break;
    case 'PurchaseRefunded':
      addToLots(state, [event.data], -1n);
      knownLot(state, event.data.lotId).repaid += event.data.tokens;
      state.purchaseRefundIds.add(event.data.purchaseRefundId);
      break;
    case 'AccountFrozen':
      state.frozen = event.data.reason;
      break;
    case 'AccountUnfrozen':
      state.frozen = null;
      break;
    case 'BudgetSet':
      setBudget(state.budgets, event.data.budgetId, event.data.subject, event.data.limits);
      break;
    case 'BudgetShared':
      joinBudget(state.budgets, event.data.budgetId, event.data.subject);
      break;
    case 'BudgetCleared':
      leaveBudget(state.budgets, event.data.subject);
      break;
    default:
      event satisfies never;
  }
  return state;
}
