import type { Month } from '../accounting-period/index.js';
import type { Money, Tokens } from '../shared/tokens.js';
import { accountClass } from './chart-of-accounts.js';
import type { JournalEntry } from './journal-entry.js';
import type { Posting } from './posting.js';

/** An entry where it lies: in the store, and in the books of which month. */
export interface BookedEntry {
  /** Of the event in the store. */
  readonly position: bigint;
  /** Month it is booked in: its own, or the first that was open when it became known. */
  readonly month: Month;
  readonly entry: JournalEntry;
}

/** What one lot gave (negative) or got (positive). */
export interface StatementShare {
  readonly lotId: string;
  readonly tokens: Tokens;
  /** Null when nobody paid for the lot. */
  readonly money: Money | null;
}

/**
 * A line of a tenant's statement: an entry that changes what is owed to the tenant. A hold is none, and
 * neither is its release: they change where tokens are, not whose they are.
 */
export interface StatementLine {
  readonly position: bigint;
  readonly type: JournalEntry['type'];
  readonly generationId: string | null;
  readonly happenedAt: string;
  readonly knownAt: string;
  /** Month it happened in, when that was closed before anybody knew; null for all others. */
  readonly lateFor: Month | null;
  readonly tokens: Tokens;
  /** Owed after it. */
  readonly balance: Tokens;
  readonly shares: readonly StatementShare[];
}

const OWED: ReadonlySet<string> = new Set(['deferred-revenue', 'promotional', 'held']);

/** What an entry changes of what is owed, lot by lot; lots it leaves as they were are left out. */
export function changesOfOwed({ postings }: JournalEntry): readonly StatementShare[] {
  const shares = new Map<string, { tokens: bigint; minorUnits: bigint; posting: Posting }>();
  for (const posting of postings) {
    if (!OWED.has(accountClass(posting.account))) continue;
    const share = shares.get(posting.lotId) ?? { tokens: 0n, minorUnits: 0n, posting };
    share.tokens -= posting.tokens;
    share.minorUnits -= posting.money?.minorUnits ?? 0n;
    shares.set(posting.lotId, share);
  }
  return [...shares.values()]
    .filter(({ tokens, minorUnits }) => tokens !== 0n || minorUnits !== 0n)
    .map(({ tokens, minorUnits, posting: { lotId, money } }) => ({
      lotId,
      tokens,
      money: money === null ? null : { minorUnits, currency: money.currency },
    }));
}

/** Makes the lines of one tenant's statement while its entries come in. */
export class StatementLines {
  constructor(
    /** Owed so far. */
    private balance: Tokens,
  ) {}

  /** Undefined for an entry that is no line. */
  line({ position, month, entry }: BookedEntry): StatementLine | undefined {
    const shares = changesOfOwed(entry);
    if (shares.length === 0) return undefined;
    const tokens = shares.reduce((sum, share) => sum + share.tokens, 0n);
    this.balance += tokens;
    const { type, generationId, happenedAt, knownAt } = entry;
    const own = happenedAt.slice(0, 7);
    return {
      ...{ position, type, generationId, happenedAt, knownAt },
      ...{ lateFor: own === month ? null : own, tokens, balance: this.balance, shares },
    };
  }
}
