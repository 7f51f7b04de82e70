import type { FindingSubject } from '@imprest/domain';

/** What must always hold, once reactors had the time they need. */
export const invariantNames = [
  /** Ended generations whose hold is still open. */
  'endedButHeld',
  /** Ended generations that were charged for without a hold. */
  'chargedWithoutHold',
  /** Holds closed for generations that have not ended. */
  'closedButNotEnded',
  /** Generations held, closed or ended more than once, or closed without a hold. */
  'closedTwice',
  /** Holds for which nothing was asked. */
  'heldWithoutRequest',
  /** Ended and settled, but outcome and ledger name different amounts. */
  'amountsDiffer',
  /** Holds that are open in the books alone, or among generations alone. */
  'openHoldsDiffer',
  /** Tenants whose balances do not sum to zero, in tokens or in a currency. */
  'sumOfBalances',
  /** Balances that are not what the lots say, in tokens or in money. */
  'lotsAgainstBalances',
  /** Tenants of whom account and lots tell different amounts. */
  'accountsAgainstLots',
  /** Lots below zero that no charge-back explains. */
  'negativeLots',
  /** Holds with more released or captured than was held. */
  'overdrawnHolds',
  /** Among the last entries, those that are not what their events give. */
  'entriesAgainstEvents',
] as const;

export type InvariantName = (typeof invariantNames)[number];

/** One breach, with what to look at. */
export interface Violation {
  readonly invariant: InvariantName;
  readonly subjects: readonly FindingSubject[];
  /** In one sentence, with the amounts. */
  readonly message: string;
}

export interface InvariantGauges {
  readonly openGenerations: number;
  readonly openHolds: number;
  /** Asked for, but never held: a crash came between. Nothing is charged and nothing runs. */
  readonly requestedWithoutHold: number;
  /** Ended uncharged without ever having been held. */
  readonly endedWithoutHold: number;
}

export interface InvariantReport {
  /** Breaches of each invariant; all of them are 0 in a sound installation. */
  readonly counts: Readonly<Record<InvariantName, number>>;
  /** Some of them: at most `MOST_VIOLATIONS` of each invariant. */
  readonly violations: readonly Violation[];
  readonly gauges: InvariantGauges;
  /** Position up to which entries were looked at: to be given to the next look. */
  readonly checkedUpTo: bigint;
}

/** Of one invariant: whoever has more has one cause to find, not a list to work off. */
export const MOST_VIOLATIONS = 20;

/** What one check found. */
export interface CheckResult {
  readonly counts: Readonly<Partial<Record<InvariantName, number>>>;
  readonly violations: readonly Violation[];
}

/** A row of a check: one breach, and how many of its kind there are. */
export interface BreachRow {
  readonly invariant: InvariantName;
  readonly subjects: readonly FindingSubject[];
  readonly message: string;
  readonly of: string;
}

/**
 * The breaches that a statement finds, counted, and some of each kind.
 * @param breaches a query of `(invariant text, subjects json, message text)`
 */
export function breachesOf(breaches: string): string {
  return `select * from (
      select invariant, subjects, message, count(*) over (partition by invariant) as of,
        row_number() over (partition by invariant order by subjects::text) as nth
      from (${breaches}) as breach
    ) as numbered where nth <= ${MOST_VIOLATIONS}`;
}

export function checkResult(rows: readonly BreachRow[]): CheckResult {
  const counts: Partial<Record<InvariantName, number>> = {};
  for (const { invariant, of } of rows) counts[invariant] = Number(of);
  const violations = rows.map(({ invariant, subjects, message }) => ({
    ...{ invariant, subjects, message },
  }));
  return { counts, violations };
}
