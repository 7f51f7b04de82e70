import {
  accountClass,
  journalEntry,
  type LotMovement,
  lotMovements,
  type Posting,
  type TokenAccountEvent,
  type TokensGranted,
  type TokensPurchased,
} from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import type { LedgerEntryRow, LedgerLotRow, LedgerTokenAccountRow } from '../entities/index.js';
import { happenedAt, isNext } from '../projections/stream-order.js';

/** An event of a token account with what it moves between the portions of lots. */
export interface LedgerFact {
  readonly recorded: RecordedEvent;
  readonly tenantId: string;
  readonly event: TokenAccountEvent;
  readonly movements: readonly LotMovement[];
}

export function ledgerFact(recorded: RecordedEvent): LedgerFact {
  const event = toDomainEvent(recorded) as TokenAccountEvent;
  const tenantId = streamId(recorded.stream);
  return { recorded, tenantId, event, movements: lotMovements(event) };
}

/**
 * The books of many tenants while facts are entered. Accounts and lots are absolute, so what the
 * facts go on from has to be put in first; balances are sums of what was entered here.
 */
export class Books {
  readonly accounts = new Map<string, LedgerTokenAccountRow>();
  /** By tenant, then by lot. */
  readonly lots = new Map<string, Map<string, LedgerLotRow>>();
  /** By tenant, then by account; a hold that was opened and closed here has none. */
  readonly balances = new Map<string, Map<string, bigint>>();

  addLot(lot: LedgerLotRow): void {
    under(this.lots, lot.tenantId).set(lot.lotId, lot);
  }

  /**
   * The journal entry of a fact; undefined for one that was entered before.
   * @throws StreamGap, UnbalancedEntry, or Error for a lot that never came in.
   */
  enter(fact: LedgerFact): LedgerEntryRow | undefined {
    const { recorded, tenantId, event, movements } = fact;
    const account = this.accounts.get(tenantId) ?? newAccount(tenantId);
    if (!isNext(recorded, account.revision)) return undefined;
    this.accounts.set(tenantId, account);
    account.revision = recorded.revision;
    if (event.type === 'TokensPurchased' || event.type === 'TokensGranted') {
      this.addLot(newLot(fact, event));
    } else if (event.type === 'AccountFrozen') {
      account.frozen = event.data.reason;
    } else if (event.type === 'AccountUnfrozen') {
      account.frozen = null;
    }
    const postings = journalEntry(event, (lotId) => this.lot(tenantId, lotId).kind);
    this.post(tenantId, postings);
    for (const movement of movements) this.move(account, movement);
    return {
      position: recorded.position,
      tenantId,
      revision: recorded.revision,
      type: event.type,
      generationId: 'generationId' in event.data ? event.data.generationId : null,
      happenedAt: happenedAt(recorded),
      knownAt: recorded.recordedAt,
      accounts: postings.map((posting) => posting.account),
      tokens: postings.map((posting) => posting.tokens),
      available: account.available,
      held: account.held,
    };
  }

  allLots(): LedgerLotRow[] {
    return [...this.lots.values()].flatMap((lots) => [...lots.values()]);
  }

  private lot(tenantId: string, lotId: string): LedgerLotRow {
    const lot = this.lots.get(tenantId)?.get(lotId);
    if (lot === undefined) throw new Error(`${tenantId} names lot ${lotId}, which never came in`);
    return lot;
  }

  private post(tenantId: string, postings: readonly Posting[]): void {
    const balances = under(this.balances, tenantId);
    for (const { account, tokens } of postings) {
      const balance = (balances.get(account) ?? 0n) + tokens;
      if (balance === 0n && accountClass(account) === 'held') balances.delete(account);
      else balances.set(account, balance);
    }
  }

  private move(account: LedgerTokenAccountRow, movement: LotMovement): void {
    const lot = this.lot(account.tenantId, movement.lotId);
    lot.available += movement.available;
    lot.held += movement.held;
    lot.captured += movement.captured;
    lot.refunded += movement.refunded;
    lot.expired += movement.expired;
    lot.chargedBack += movement.chargedBack;
    account.available += movement.available;
    account.held += movement.held;
  }
}

function under<V>(maps: Map<string, Map<string, V>>, key: string): Map<string, V> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}

function newAccount(tenantId: string): LedgerTokenAccountRow {
  return { tenantId, revision: -1, available: 0n, held: 0n, frozen: null };
}

function newLot(
  { recorded, tenantId }: LedgerFact,
  { type, data }: TokensPurchased | TokensGranted,
): LedgerLotRow {
  const { lotId, tokens } = data;
  const lot = {
    ...{ tenantId, lotId, tokens, receivedAt: happenedAt(recorded) },
    ...{ available: 0n, held: 0n, captured: 0n, refunded: 0n, expired: 0n, chargedBack: 0n },
  };
  if (type === 'TokensPurchased') {
    const { minorUnits: paidMinorUnits, currency } = data.paid;
    const payment = { paidMinorUnits, currency, expiresAt: null, source: data.paymentId };
    return { ...lot, kind: 'purchased', ...payment };
  }
  const expiresAt = data.expiresAt === null ? null : new Date(data.expiresAt);
  const grant = { paidMinorUnits: null, currency: null, expiresAt, source: data.reason };
  return { ...lot, kind: 'promotional', ...grant };
}
