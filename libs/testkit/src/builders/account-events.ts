import type {
  AccountOpened,
  Allocation,
  TokensGranted,
  TokensHeld,
  TokensPurchased,
} from '@imprest/domain';
import { tenantId } from './identifiers.js';
import { priceOf } from './price-quote.js';

export const accountOpened: AccountOpened = { type: 'AccountOpened', data: { tenantId } };

/** A purchased lot, paid one cent a token. */
export function tokensPurchased(lotId: string, tokens: bigint): TokensPurchased {
  const paid = { minorUnits: tokens, currency: 'USD' };
  const payment = { paid, paymentId: `pay_${lotId}`, provider: null, discount: null };
  return { type: 'TokensPurchased', data: { lotId, tokens, ...payment } };
}

/** A promotional lot; without `expiresAt` (ISO 8601) it never expires. */
export function tokensGranted(
  lotId: string,
  tokens: bigint,
  expiresAt: string | null = null,
): TokensGranted {
  return { type: 'TokensGranted', data: { lotId, tokens, reason: 'welcome', expiresAt } };
}

/** A hold on the lots given as `{ lot: tokens }`, in draw order. */
export function tokensHeld(
  generationId: string,
  lots: Readonly<Record<string, bigint>>,
): TokensHeld {
  const allocations = allocationsOf(lots);
  const tokens = Object.values(lots).reduce((sum, part) => sum + part, 0n);
  return {
    type: 'TokensHeld',
    data: { generationId, tokens, allocations, price: priceOf(tokens) },
  };
}

export function allocationsOf(lots: Readonly<Record<string, bigint>>): readonly Allocation[] {
  return Object.entries(lots).map(([lotId, tokens]) => ({ lotId, tokens }));
}
