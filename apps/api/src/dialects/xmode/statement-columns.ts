import type { CsvValue } from '@imprest/ledger-exports';
import type { LedgerEntryView } from '@imprest/read-models';

/** Of the facts of one account, as a table. */
export const entryColumns: Readonly<Record<string, (entry: LedgerEntryView) => CsvValue>> = {
  revision: ({ revision }) => revision,
  happened_at: ({ happenedAt }) => happenedAt,
  known_at: ({ knownAt }) => knownAt,
  type: ({ type }) => type,
  generation: ({ generationId }) => generationId,
  change_of_available: ({ changeOfAvailable }) => changeOfAvailable,
  change_of_held: ({ changeOfHeld }) => changeOfHeld,
  available: ({ available }) => available,
  held: ({ held }) => held,
};
