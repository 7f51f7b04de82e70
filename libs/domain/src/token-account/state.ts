import type { Allocation, Tokens } from '../shared/tokens.js';
import { type ClosedHolds, noClosedHolds, rememberClosed } from './closed-holds.js';
import type { TokenAccountEvent, TokensHeld } from './events.js';

export interface Lot {
  readonly lotId: string;
  readonly kind: 'purchased' | 'promotional';
  /** Tokens the lot began with. */
  readonly tokens: Tokens;
  /** ISO 8601; only promotional lots expire. */
  readonly expiresAt: string | null;
  /** Order of arrival: purchased lots are drawn first in, first out. */
  readonly arrival: number;
  /** Neither held, captured nor expired. Below zero only after a charge-back. */
  available: Tokens;
  /** Set once: what comes back to an expired lot expires at once. */
  expired: boolean;
  /** Taken back by the payer's bank so far; never more than the lot began with. */
  chargedBack: Tokens;
  /** Given up for money that went back to the payer. */
  repaid: Tokens;
}

export interface Hold {
  readonly tokens: Tokens;
  readonly allocations: readonly Allocation[];
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
    available: 0n,
    held: 0n,
  };
}

function drawsBefore(a: Lot, b: Lot): boolean {
  if (a.kind !== b.kind) return a.kind === 'promotional';
  if (a.expiresAt !== b.expiresAt) {
    if (a.expiresAt === null) return false;
    if (b.expiresAt === null) return true;
    return a.expiresAt < b.expiresAt;
  }
  return a.arrival < b.arrival;
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
  const { generationId, tokens, allocations } = data;
  addToLots(state, allocations, -1n);
  state.holds.set(generationId, { tokens, allocations });
  state.held += tokens;
}

function closeHold(state: TokenAccountState, generationId: string): void {
  const hold = state.holds.get(generationId);
  if (hold === undefined) throw new Error(`history closes hold ${generationId}, which is not open`);
  state.holds.delete(generationId);
  state.held -= hold.tokens;
  rememberClosed(state.closedHolds, generationId);
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
      closeHold(state, event.data.generationId);
      addToLots(state, event.data.released, 1n);
      break;
    case 'TokensRefunded': {
      addToLots(state, event.data.allocations, 1n);
      const { generationId, refundId, allocations } = event.data;
      let refunded = state.refunded.get(generationId) ?? 0n;
      for (const allocation of allocations) refunded += allocation.tokens;
      state.refunded.set(generationId, refunded);
      state.refundIds.add(refundId);
      break;
    }
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
    default:
      event satisfies never;
  }
  return state;
}
