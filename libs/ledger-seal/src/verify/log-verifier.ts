import {
  assertBalanced,
  type JournalEntry,
  type LedgerSealEvent,
  type LedgerSealed,
  ledgerSeal,
  type TokenAccountEvent,
  tokenAccount,
} from '@imprest/domain';
import {
  accountFact,
  recordedEvent,
  type StoredEvent,
  streamCategory,
  streamId,
  toDomainEvent,
} from '@imprest/event-catalogue';
import type { Hash } from '../canonical/hashes.js';
import { CHAIN_START, entryLeaf, eventLeaf } from '../canonical/record-leaf.js';
import type { SealPublicKey } from '../seal/seal-key.js';
import { SealLine } from '../seal/seal-line.js';
import { type AccountChain, AccountChains } from './account-chains.js';
import { entryDifference, type StoredEntry } from './entry-difference.js';
import type { Findings } from './findings.js';
import { type LeafChunk, SealTree } from './leaf-chunks.js';

/** Whoever compares more than the log itself says is told on the way. */
export interface LogObserver {
  /** Leaves of events under one seal or the next, a thousand at a time. */
  chunk?(chunk: LeafChunk): void;
  /** A fact of the line of seals. */
  seal?(event: StoredEvent, leaf: Hash): void;
  /** A journal entry, with its account as it is after it. */
  entry?(event: StoredEvent, booked: BookedEntry, chain: AccountChain): void;
}

export interface BookedEntry {
  readonly entry: JournalEntry;
  /** What the journal has of it. */
  readonly stored: StoredEntry | undefined;
  /** Undefined when the account's history cannot be folded. */
  readonly fact: TokenAccountEvent | undefined;
}

export interface LogVerifierOptions {
  readonly findings: Findings;
  /** All seals in order, known beforehand: the log tells of a seal only after what it covers. */
  readonly seals: readonly LedgerSealed['data'][];
  readonly trusted?: SealPublicKey;
  readonly observer?: LogObserver;
  /** Exclusive; what lies before is taken as it was sealed, see AccountChains.resume. */
  readonly after?: bigint;
}

/**
 * Goes through the log once, in store order: leaves, chains, entries, zero sums, seals. Memory holds the
 * accounts with their lots and the hashes on one edge of a tree, however long the log is.
 */
export class LogVerifier {
  readonly accounts = new AccountChains();
  readonly line: SealLine;
  events = 0;
  entries = 0;
  position: bigint;
  /** Whoever begins in the middle cannot judge the line of seals. */
  private readonly fromStart: boolean;
  private readonly findings: Findings;
  private readonly seals: readonly LedgerSealed['data'][];
  private nextSeal: number;
  private tree: SealTree;
  private sealRevision = -1;
  private readonly observer: LogObserver;
  private readonly onChunk: (chunk: LeafChunk) => void;
  /** Accounts whose entries were withheld cannot be told: then heads are not compared. */
  private somethingWithheld = false;

  constructor(options: LogVerifierOptions) {
    this.findings = options.findings;
    this.seals = options.seals;
    this.line = new SealLine(options.trusted);
    this.observer = options.observer ?? {};
    this.onChunk = (chunk) => this.observer.chunk?.(chunk);
    this.position = options.after ?? 0n;
    this.fromStart = this.position === 0n;
    const next = this.seals.findIndex(({ upTo }) => BigInt(upTo) > this.position);
    this.nextSeal = next < 0 ? this.seals.length : next;
    this.tree = new SealTree(this.position, this.onChunk);
  }

  /** @param stored the journal's entry of a token account's event. */
  take(event: StoredEvent, stored?: StoredEntry): void {
    this.begin(event.position);
    this.events += 1;
    let leaf = stored?.leaf ?? CHAIN_START;
    try {
      leaf = this.leafOf(event, stored);
    } catch (error) {
      // Values that no writer of the store can have given have no canonical form.
      this.find(event.position, event.stream, `cannot be encoded: ${messageOf(error)}`);
    }
    this.tree.append(event.position, leaf);
  }

  private leafOf(event: StoredEvent, stored: StoredEntry | undefined): Hash {
    const category = streamCategory(event.stream);
    if (category === tokenAccount.category) return this.takeEntry(event, stored);
    const leaf = eventLeaf(event);
    if (category === ledgerSeal.category && this.fromStart) this.takeSeal(event, leaf);
    return leaf;
  }

  /** An event whose content is withheld. */
  takeLeaf(position: bigint, leaf: Hash): void {
    this.begin(position);
    this.events += 1;
    this.somethingWithheld = true;
    this.tree.append(position, leaf);
  }

  /** The tree over what follows the last seal so far, its size and its root. */
  closeOpenTree(): { readonly size: number; readonly root: Hash } {
    return { size: this.tree.size, root: this.tree.close() };
  }

  finish(): void {
    while (this.nextSeal < this.seals.length) this.closeSeal();
    for (const { number, problem } of this.line.problems) {
      this.findings.add({ position: null, where: `seal ${number}`, problem });
    }
  }

  private begin(position: bigint): void {
    if (position <= this.position && this.events > 0) {
      this.find(position, 'the log', `position ${position} comes after ${this.position}`);
    }
    this.position = position;
    let seal = this.seals[this.nextSeal];
    while (seal !== undefined && position > BigInt(seal.upTo)) {
      this.closeSeal();
      seal = this.seals[this.nextSeal];
    }
  }

  private closeSeal(): void {
    const seal = this.seals[this.nextSeal] as LedgerSealed['data'];
    const { size } = this.tree;
    const root = this.tree.close().toString('hex');
    const say = (problem: string) =>
      this.findings.add({ position: null, where: `seal ${seal.number}`, problem });
    if (size !== seal.events) say(`covers ${seal.events} events, the log has ${size} there`);
    else if (root !== seal.root) say(`does not match the events ${seal.after} to ${seal.upTo}`);
    if (!this.somethingWithheld) this.compareHeads(seal, say);
    this.nextSeal += 1;
    this.tree = new SealTree(BigInt(seal.upTo), this.onChunk);
  }

  private compareHeads(seal: LedgerSealed['data'], say: (problem: string) => void): void {
    if (this.accounts.size !== seal.accounts) {
      say(`covers ${seal.accounts} accounts, the log has ${this.accounts.size} there`);
    } else if (this.accounts.root().toString('hex') !== seal.accountsRoot) {
      say('does not match the heads of the accounts');
    }
  }

  private takeSeal(event: StoredEvent, leaf: Hash): void {
    this.observer.seal?.(event, leaf);
    if (event.revision !== this.sealRevision + 1) {
      this.find(event.position, event.stream, `revision ${event.revision} leaves a gap`);
    }
    this.sealRevision = event.revision;
    try {
      const fact = toDomainEvent(recordedEvent(event)) as LedgerSealEvent;
      const before = this.line.problems.length;
      this.line.take(fact);
      for (const { number, problem } of this.line.problems.splice(before)) {
        this.find(event.position, `seal ${number}`, problem);
      }
    } catch (error) {
      this.find(event.position, event.stream, `cannot be read: ${messageOf(error)}`);
    }
  }

  private takeEntry(event: StoredEvent, stored: StoredEntry | undefined): Hash {
    this.entries += 1;
    const chain = this.accounts.of(streamId(event.stream));
    if (event.revision !== chain.revision + 1) {
      const expected = chain.revision + 1;
      this.find(event.position, event.stream, `has revision ${event.revision}, not ${expected}`);
      chain.foldable = false;
    }
    const booked = this.booked(chain, event, stored);
    const { head: previous } = chain;
    this.accounts.advance(chain, event.revision, stored?.leaf ?? previous);
    if (booked === undefined) return eventLeaf(event);
    const leaf = this.link(chain, previous, event, booked);
    if (stored === undefined) chain.head = leaf;
    this.observer.entry?.(event, booked, chain);
    return leaf;
  }

  /** What the entry has to be: booked anew where the account's history allows it, as stored elsewhere. */
  private booked(
    chain: AccountChain,
    event: StoredEvent,
    stored: StoredEntry | undefined,
  ): BookedEntry | undefined {
    const asStored = stored && { entry: stored.entry, stored, fact: undefined };
    try {
      if (stored !== undefined) assertBalanced(event.type, stored.entry.postings);
      if (!chain.foldable) return asStored;
      const { entry, fact } = book(chain, event);
      const difference = stored && bookedDifference(chain, entry, stored);
      if (difference !== undefined) this.find(event.position, event.stream, `entry: ${difference}`);
      return { entry, stored, fact };
    } catch (error) {
      chain.foldable = false;
      this.find(event.position, event.stream, `cannot be booked: ${messageOf(error)}`);
      return asStored;
    }
  }

  private link(
    chain: AccountChain,
    previous: Hash,
    event: StoredEvent,
    { entry, stored }: BookedEntry,
  ): Hash {
    const { otherHead } = chain;
    const leaf = entryLeaf(previous, event, entry);
    chain.otherHead = undefined;
    if (stored === undefined || leaf.equals(stored.leaf)) return leaf;
    if (otherHead !== undefined) {
      const other = entryLeaf(otherHead, event, entry);
      if (other.equals(stored.leaf)) return other;
    }
    chain.otherHead = leaf;
    this.find(event.position, event.stream, 'is not what its chain was made of');
    return leaf;
  }

  /** The first word about an event is enough. */
  private find(position: bigint, where: string, problem: string): void {
    if (!this.findings.names(position)) this.findings.add({ position, where, problem });
  }
}

function book(chain: AccountChain, event: StoredEvent) {
  const fact = accountFact(recordedEvent(event));
  return { entry: chain.book.enter(fact), fact: fact.event };
}

function bookedDifference(
  { book }: AccountChain,
  entry: JournalEntry,
  stored: StoredEntry,
): string | undefined {
  const difference = entryDifference(entry, stored.entry);
  if (difference !== undefined) return difference;
  if (stored.available !== book.available) {
    return `available is ${stored.available} instead of ${book.available}`;
  }
  return stored.held === book.held ? undefined : `held is ${stored.held} instead of ${book.held}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
