import type { Tokens } from '../shared/tokens.js';

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

/** Promotional lots by expiry, then purchased ones first in, first out. */
export function drawsBefore(a: Lot, b: Lot): boolean {
  if (a.kind !== b.kind) return a.kind === 'promotional';
  if (a.expiresAt !== b.expiresAt) {
    if (a.expiresAt === null) return false;
    if (b.expiresAt === null) return true;
    return a.expiresAt < b.expiresAt;
  }
  return a.arrival < b.arrival;
}
