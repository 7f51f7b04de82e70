import type { Money, Tokens } from '../shared/tokens.js';
import type { LotKind } from './chart-of-accounts.js';
import type { LotPortions } from './lot-movements.js';

/** A lot as the books have it before a fact: what it came in with, and where its tokens are. */
export interface BookedLot extends LotPortions {
  readonly lotId: string;
  readonly kind: LotKind;
  /** Tokens it came in with, more than 0. */
  readonly tokens: Tokens;
  /** Paid for the whole lot; null when nobody paid. */
  readonly paid: Money | null;
}

/**
 * What the first `count` tokens of a lot are worth, in minor units rounded down: the whole lot is worth
 * exactly what was paid, and any two parts that make it up are too.
 */
function worthOfFirst(count: Tokens, { tokens, paid }: BookedLot): bigint {
  return paid === null ? 0n : (paid.minorUnits * count) / tokens;
}

/**
 * What a hold reserves of a lot: rounded down for each hold, so that open holds never reserve more than
 * is deferred. It depends on the lot's price and the hold alone, so closing it needs no memory of it.
 */
export function worthOfHeld(lot: BookedLot, held: Tokens): bigint {
  return worthOfFirst(held, lot);
}

/** Revenue of a lot so far: its tokens are earned from the first one on, whichever hold they were in. */
export function recognised(lot: BookedLot): bigint {
  return worthOfFirst(lot.captured - lot.refunded, lot);
}

/** By how much revenue grows when `tokens` more of a lot are earned. */
export function worthOfCaptured(lot: BookedLot, tokens: Tokens): bigint {
  const earned = lot.captured - lot.refunded;
  return worthOfFirst(earned + tokens, lot) - worthOfFirst(earned, lot);
}

/** By how much revenue shrinks when `tokens` that were earned last are given back. */
export function worthOfRefunded(lot: BookedLot, tokens: Tokens): bigint {
  const earned = lot.captured - lot.refunded;
  return worthOfFirst(earned, lot) - worthOfFirst(earned - tokens, lot);
}

/**
 * What leaves a lot with tokens that the payer's bank took back or that were repaid. They are counted
 * from the last token on, so what was earned and what left meet without a gap when a lot is used up.
 */
export function worthOfTakenBack(lot: BookedLot, tokens: Tokens): bigint {
  const left = lot.tokens - lot.chargedBack - lot.repaid;
  return worthOfFirst(left, lot) - worthOfFirst(left - tokens, lot);
}
