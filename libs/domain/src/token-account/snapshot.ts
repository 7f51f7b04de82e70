import { addLot, initialTokenAccount, type TokenAccountState } from './state.js';

/** Bump when the state's meaning changes: older snapshots are then ignored and the stream is folded. */
export const TOKEN_ACCOUNT_SNAPSHOT_VERSION = 2;

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
  readonly holds: readonly (readonly [string, readonly (readonly [string, string])[]])[];
  readonly closedHolds: { readonly recent: readonly string[]; readonly older: readonly string[] };
  readonly refunded: readonly (readonly [string, string])[];
  readonly refundIds: readonly string[];
  readonly chargeBackIds: readonly string[];
  readonly purchaseRefundIds: readonly string[];
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
    holds: [...state.holds].map(([generationId, { allocations }]) => [
      generationId,
      allocations.map(({ lotId, tokens }) => [lotId, tokens.toString()]),
    ]),
    closedHolds: {
      recent: [...state.closedHolds.recent],
      older: [...state.closedHolds.older],
    },
    refunded: [...state.refunded].map(([generationId, tokens]) => [generationId, `${tokens}`]),
    refundIds: [...state.refundIds],
    chargeBackIds: [...state.chargeBackIds],
    purchaseRefundIds: [...state.purchaseRefundIds],
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
  for (const [generationId, pairs] of snapshot.holds) {
    const allocations = pairs.map(([lotId, tokens]) => ({ lotId, tokens: BigInt(tokens) }));
    const tokens = allocations.reduce((sum, allocation) => sum + allocation.tokens, 0n);
    state.holds.set(generationId, { tokens, allocations });
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
  return state;
}
