import type { PurchaseDiscount, TokensGranted, TokensPurchased } from '../token-account/events.js';
import { type AccountFact, type JournalEntry, journalEntry } from './journal-entry.js';
import { type LotMovement, type LotPortions, lotMovements } from './lot-movements.js';
import type { BookedLot } from './lot-value.js';

/** Where a lot came from, beside what its money is worth. */
export interface LotOrigin {
  /** Payment id of a purchase, reason of a grant. */
  readonly source: string;
  /** Who took the payment; null for a grant, and when nobody said. */
  readonly provider: string | null;
  readonly discount: PurchaseDiscount | null;
  /** ISO 8601; null for purchases, and for grants that never expire. */
  readonly expiresAt: string | null;
  /** ISO 8601. */
  readonly receivedAt: string;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A lot in the books; its portions change with every fact entered. */
export type OpenLot = Omit<BookedLot, keyof LotPortions> & Mutable<LotPortions> & LotOrigin;

/** The books of one token account while its facts are entered in the order of its stream. */
export class AccountBook {
  readonly lots = new Map<string, OpenLot>();
  available = 0n;
  held = 0n;
  /** Why the account is frozen, null when it is not. */
  frozen: string | null = null;

  constructor(readonly tenantId: string) {}

  /** @throws UnbalancedEntry, or Error for a lot that never came in. */
  enter(fact: AccountFact): JournalEntry {
    const { event } = fact;
    if (event.type === 'TokensPurchased' || event.type === 'TokensGranted') {
      this.lots.set(event.data.lotId, newLot(event, fact.happenedAt));
    } else if (event.type === 'AccountFrozen') {
      this.frozen = event.data.reason;
    } else if (event.type === 'AccountUnfrozen') {
      this.frozen = null;
    }
    const entry = journalEntry(fact, this.lotOf);
    for (const movement of lotMovements(event)) this.move(movement);
    return entry;
  }

  private readonly lotOf = (lotId: string): OpenLot => {
    const lot = this.lots.get(lotId);
    if (lot === undefined) {
      throw new Error(`${this.tenantId} names lot ${lotId}, which never came in`);
    }
    return lot;
  };

  private move(movement: LotMovement): void {
    const lot = this.lotOf(movement.lotId);
    lot.available += movement.available;
    lot.held += movement.held;
    lot.captured += movement.captured;
    lot.refunded += movement.refunded;
    lot.expired += movement.expired;
    lot.chargedBack += movement.chargedBack;
    lot.repaid += movement.repaid;
    this.available += movement.available;
    this.held += movement.held;
  }
}

function newLot({ type, data }: TokensPurchased | TokensGranted, receivedAt: string): OpenLot {
  const { lotId, tokens } = data;
  const portions = {
    ...{ available: 0n, held: 0n, captured: 0n, refunded: 0n },
    ...{ expired: 0n, chargedBack: 0n, repaid: 0n },
  };
  if (type === 'TokensPurchased') {
    const { paid, paymentId: source, provider, discount } = data;
    const origin = { source, provider, discount, expiresAt: null, receivedAt };
    return { lotId, kind: 'purchased', tokens, paid, ...portions, ...origin };
  }
  const { reason: source, expiresAt } = data;
  const origin = { source, provider: null, discount: null, expiresAt, receivedAt };
  return { lotId, kind: 'promotional', tokens, paid: null, ...portions, ...origin };
}
