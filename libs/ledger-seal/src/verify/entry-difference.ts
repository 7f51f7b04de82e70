import type { JournalEntry, Money, Posting } from '@imprest/domain';
import type { AccountChain } from './account-chains.js';
import type { StoredEntry } from './stored-entry.js';

const fields = [
  'tenantId',
  'revision',
  'eventId',
  'type',
  'generationId',
  'happenedAt',
  'knownAt',
] as const;

/** The first way in which what the journal keeps of an entry is not what booking its event gives. */
export function bookedDifference(
  { book }: AccountChain,
  entry: JournalEntry,
  bytes: Uint8Array,
  stored: StoredEntry,
): string | undefined {
  if (Buffer.compare(bytes, stored.bytes) !== 0) {
    return entryDifference(entry, stored.entry) ?? 'is not what its event gives';
  }
  if (stored.available !== book.available) {
    return `available is ${stored.available} instead of ${book.available}`;
  }
  return stored.held === book.held ? undefined : `held is ${stored.held} instead of ${book.held}`;
}

/** The first way in which an entry is another than it should be, in words; undefined when it is not. */
export function entryDifference(expected: JournalEntry, found: JournalEntry): string | undefined {
  for (const field of fields) {
    if (expected[field] !== found[field]) {
      return `${field} is ${found[field]} instead of ${expected[field]}`;
    }
  }
  if (expected.postings.length !== found.postings.length) {
    return `has ${found.postings.length} postings instead of ${expected.postings.length}`;
  }
  for (const [index, posting] of expected.postings.entries()) {
    const other = found.postings[index] as Posting;
    if (!samePosting(posting, other)) {
      return `posting ${index} is ${words(other)} instead of ${words(posting)}`;
    }
  }
  return undefined;
}

function samePosting(a: Posting, b: Posting): boolean {
  return (
    a.tokens === b.tokens &&
    a.account === b.account &&
    a.lotId === b.lotId &&
    sameMoney(a.money, b.money)
  );
}

function sameMoney(a: Money | null, b: Money | null): boolean {
  if (a === null || b === null) return a === b;
  return a.minorUnits === b.minorUnits && a.currency === b.currency;
}

function words({ account, lotId, tokens, money }: Posting): string {
  const worth = money === null ? '' : `, ${money.minorUnits} ${money.currency}`;
  return `${tokens} on ${account} of ${lotId}${worth}`;
}
