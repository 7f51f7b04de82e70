import type { Lot } from '../token-account/lot.js';

/**
 * Accounts of one tenant's books, in tokens. A debit is positive, a credit negative: what the
 * product owes or has earned reads negative, what it was given reads positive, and all of them sum to zero.
 */
export const CASH_CLEARING = 'cash-clearing';
export const REVENUE = 'revenue';
export const REFUNDS = 'refunds';
export const CHARGE_BACKS = 'charge-backs';
export const BREAKAGE = 'breakage';
/** Contra account of grants: nobody paid for them, so they must not touch cash. */
export const PROMOTIONAL_ISSUED = 'promotional-issued';
/** Granted tokens that were used: kept out of revenue, since nobody paid for them. */
export const PROMOTIONAL_USED = 'promotional-used';

const DEFERRED_REVENUE = 'deferred-revenue';
const PROMOTIONAL = 'promotional';
const HELD = 'held';

/** First part of an account's name; the rest names a lot or a generation. */
export const accountClasses = [
  CASH_CLEARING,
  DEFERRED_REVENUE,
  PROMOTIONAL,
  HELD,
  REVENUE,
  REFUNDS,
  BREAKAGE,
  CHARGE_BACKS,
  PROMOTIONAL_ISSUED,
  PROMOTIONAL_USED,
] as const;

export type AccountClass = (typeof accountClasses)[number];

export type LotKind = Lot['kind'];

/** What is still owed of one lot. */
export function lotAccount(kind: LotKind, lotId: string): string {
  return kind === 'purchased'
    ? `${DEFERRED_REVENUE}:purchased:${lotId}`
    : `${PROMOTIONAL}:${lotId}`;
}

/** What is held for one generation. */
export function heldAccount(generationId: string): string {
  return `${HELD}:${generationId}`;
}

export function accountClass(account: string): AccountClass {
  const colon = account.indexOf(':');
  return (colon < 0 ? account : account.slice(0, colon)) as AccountClass;
}
