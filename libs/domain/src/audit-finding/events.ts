import type { DomainFact } from '../shared/decider.js';

/** Something an auditor has to look at: an account, an entry, a generation, an asset, a payment. */
export interface FindingSubject {
  /** Kind of thing, such as `generation`. */
  readonly kind: string;
  readonly id: string;
}

export type FindingSource = 'invariant' | 'reconciliation' | 'audit';

/** A check of the books found what must not be. */
export type FindingOpened = DomainFact<
  'FindingOpened',
  {
    /** Name of the check, such as `sumOfBalances`. */
    readonly check: string;
    /** The watch that never stops, the match of jobs, ledger and assets, or the full audit at night. */
    readonly source: FindingSource;
    readonly subjects: readonly FindingSubject[];
    /** What was found, in one sentence with the amounts. */
    readonly message: string;
    /** ISO 8601. */
    readonly foundAt: string;
  }
>;

/** The same check no longer finds it. */
export type FindingResolved = DomainFact<
  'FindingResolved',
  {
    readonly check: string;
    /** ISO 8601. */
    readonly resolvedAt: string;
  }
>;

export type AuditFindingEvent = FindingOpened | FindingResolved;
