import type { BudgetCharge } from './budgets.js';
import { type BudgetsSnapshot, restoreBudgets, snapshotBudgets } from './budgets-snapshot.js';
import { addLot, initialTokenAccount, type TokenAccountState } from './state.js';

/** Bump when the state's meaning changes: older snapshots are then ignored and the stream is folded. */
export const TOKEN_ACCOUNT_SNAPSHOT_VERSION = 3;

interface LotSnapshot {
  readonly lotId: string;
  readonly kind: 'purchased' | 'promotional';
  readonly tokens: string;
  readonly expiresAt: string | null;
  readonly arrival: number;
  readonly available: string;
  readonly expired: boolean;
  readonly chargedBack: string;
  readonly repaid: string;
}

/** Plain JSON: amounts are decimal strings. */
export interface TokenAccountSnapshot {
  readonly opened: boolean;
  readonly frozen: string | null;
  readonly lots: readonly LotSnapshot[];
  readonly holds: readonly (readonly [
    generationId: string,
    allocations: readonly (readonly [lotId: string, tokens: string])[],
    budgets: readonly BudgetCharge[],
  ])[];
  readonly closedHolds: { readonly recent: readonly string[]; readonly older: readonly string[] };
  readonly refunded: readonly (readonly [string, string])[];
  readonly refundIds: readonly string[];
  readonly chargeBackIds: readonly string[];
  readonly purchaseRefundIds: readonly string[];
  readonly budgets: BudgetsSnapshot;
}

export function snapshotTokenAccount(state: TokenAccountState): TokenAccountSnapshot {
  return {
    opened: state.opened,
    frozen: state.frozen,
    lots: [...state.lots.values()].map((lot) => ({
      ...lot,
      tokens: lot.tokens.toString(),
      available: lot.available.toString(),
      chargedBack: lot.chargedBack.toString(),
      repaid: lot.repaid.toString(),
    })),
    holds: [...state.holds].map(([generationId, { allocations, budgets }]) => [
      generationId,
      allocations.map(({ lotId, tokens }) => [lotId, tokens.toString()]),
      budgets,
    ]),
    closedHolds: {
      recent: [...state.closedHolds.recent],
      older: [...state.closedHolds.older],
    },
    refunded: [...state.refunded].map(([generationId, tokens]) => [generationId, `${tokens}`]),
    refundIds: [...state.refundIds],
    chargeBackIds: [...state.chargeBackIds],
    purchaseRefundIds: [...state.purchaseRefundIds],
    budgets: snapshotBudgets(state.budgets),
  };
}

export function restoreTokenAccount(snapshot: TokenAccountSnapshot): TokenAccountState {
  const state = initialTokenAccount();
  state.opened = snapshot.opened;
  state.frozen = snapshot.frozen;
  for (const lot of snapshot.lots) {
    addLot(state, {
      ...lot,
      tokens: BigInt(lot.tokens),
      available: BigInt(lot.available),
      chargedBack: BigInt(lot.chargedBack),
      repaid: BigInt(lot.repaid),
    });
  }
  for (const [generationId, pairs, budgets] of snapshot.holds) {
    const allocations = pairs.map(([lotId, tokens]) => ({ lotId, tokens: BigInt(tokens) }));
    const tokens = allocations.reduce((sum, allocation) => sum + allocation.tokens, 0n);
    state.holds.set(generationId, { tokens, allocations, budgets });
    state.held += tokens;
  }
  state.closedHolds.recent = new Set(snapshot.closedHolds.recent);
  state.closedHolds.older = new Set(snapshot.closedHolds.older);
  for (const [generationId, tokens] of snapshot.refunded) {
    state.refunded.set(generationId, BigInt(tokens));
  }
  for (const id of snapshot.refundIds) state.refundIds.add(id);
  for (const id of snapshot.chargeBackIds) state.chargeBackIds.add(id);
  for (const id of snapshot.purchaseRefundIds) state.purchaseRefundIds.add(id);
  restoreBudgets(snapshot.budgets, state.budgets);
  return state;
}
