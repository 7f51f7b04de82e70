import type { ClosingBalance, SealReference } from '@imprest/domain';

/** All entries up to the end of a month, when its close was made. */
export interface ClosingScope {
  /** ISO 8601, exclusive: what happened before it. */
  readonly to: string;
  /** Inclusive: what the store knew up to it. */
  readonly upTo: bigint;
}

export interface ClosingSums {
  /** Entries added up, those without postings too. */
  readonly entries: bigint;
  /** Of all tenants, by class and currency; lines of 0 are left out. */
  readonly trialBalance: readonly ClosingBalance[];
  /** SHA-256 of the same tenant by tenant, hexadecimal: the same for the same entries wherever it is computed. */
  readonly digest: string;
}

/** What a close needs of the books. They follow the event store and may lag behind it. */
export interface ClosingBooks {
  /** Everything up to here is booked; START_OF_STORE while a token account's events wait to be looked at. */
  position(): Promise<bigint>;
  sums(scope: ClosingScope): Promise<ClosingSums>;
}

/** Who seals the log: a close refers to the seal that covers all it is made of. */
export interface LedgerSeals {
  /** Seals up to the position when that is not done yet. Null when nothing is sealed here. */
  covering(position: bigint): Promise<SealReference | null>;
}

export const noSeals: LedgerSeals = { covering: async () => null };
