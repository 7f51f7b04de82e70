import type { DomainFact } from '../shared/decider.js';
import type { Month } from './month.js';

/** All accounts of one class and currency, when a month was closed. A debit is positive. */
export interface ClosingBalance {
  readonly accountClass: string;
  /** ISO 4217; null for tokens that nobody paid for. */
  readonly currency: string | null;
  readonly tokens: bigint;
  readonly minorUnits: bigint;
}

/** The seal that covers every event a close is made of. */
export interface SealReference {
  readonly number: number;
  /** Position of the last event it covers; decimal. */
  readonly upTo: string;
  /** SHA-256 of what is signed, hexadecimal. */
  readonly digest: string;
}

/**
 * The books of a month are final: whatever becomes known of it later is booked in the next month that
 * is open. The first close covers every month before it too.
 */
export type PeriodClosed = DomainFact<
  'PeriodClosed',
  {
    readonly month: Month;
    /** Position of the last event that could still be booked in this month; decimal. */
    readonly upTo: string;
    /** ISO 8601. */
    readonly closedAt: string;
    /** Entries in all months up to this one, those without postings too. */
    readonly entries: bigint;
    /** Of all tenants; the sums over tokens and over each currency are 0. */
    readonly trialBalance: readonly ClosingBalance[];
    /** SHA-256 of the trial balance tenant by tenant, hexadecimal. */
    readonly digest: string;
    /** Null when nothing is sealed yet. */
    readonly seal: SealReference | null;
    /** Why it was closed, in the words of whoever closed it; null when nobody was asked. */
    readonly reason: string | null;
  }
>;

export type AccountingPeriodEvent = PeriodClosed;
