import type { Allocation, Tokens } from '../shared/tokens.js';
import type { LotExpired } from './events.js';
import type { Lot } from './lot.js';
import type { TokenAccountState } from './state.js';

function isDue(lot: Lot, now: string): boolean {
  return !lot.expired && lot.expiresAt !== null && lot.expiresAt <= now;
}

/** Lots whose time has come, with what is left in them. Promotional lots come first in draw order. */
export function dueExpiries(state: TokenAccountState, now: string): readonly LotExpired[] {
  const due: LotExpired[] = [];
  for (const lot of state.drawOrder) {
    if (lot.expiresAt === null || lot.expiresAt > now) break;
    if (isDue(lot, now)) {
      due.push({ type: 'LotExpired', data: { lotId: lot.lotId, tokens: lot.available } });
    }
  }
  return due;
}

/** What can be drawn at `now`: everything available but for lots past their time. */
export function drawableTokens(state: TokenAccountState, now: string): Tokens {
  let drawable = state.available;
  for (const { data } of dueExpiries(state, now)) drawable -= data.tokens;
  return drawable;
}

/** Takes `tokens` from lots in draw order. The caller has checked that there are enough. */
export function drawFromLots(
  state: TokenAccountState,
  tokens: Tokens,
  now: string,
): readonly Allocation[] {
  const allocations: Allocation[] = [];
  let missing = tokens;
  for (const lot of state.drawOrder) {
    if (missing === 0n) break;
    if (lot.available <= 0n || lot.expired || isDue(lot, now)) continue;
    const taken = lot.available < missing ? lot.available : missing;
    allocations.push({ lotId: lot.lotId, tokens: taken });
    missing -= taken;
  }
  if (missing > 0n) throw new Error(`lots hold ${missing} tokens less than the balance says`);
  return allocations;
}

/** Tokens that come back to a lot that has expired leave it again at once. */
export function expiriesOfReturned(
  state: TokenAccountState,
  returned: readonly Allocation[],
): readonly LotExpired[] {
  return returned
    .filter(({ lotId }) => state.lots.get(lotId)?.expired === true)
    .map(({ lotId, tokens }) => ({ type: 'LotExpired', data: { lotId, tokens } }));
}
