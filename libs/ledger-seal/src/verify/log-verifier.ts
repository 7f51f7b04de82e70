import {
  type JournalEntry,
  type LedgerSealEvent,
  type LedgerSealed,
  ledgerSeal,
  type TokenAccountEvent,
  tokenAccount,
} from '@imprest/domain';
import {
  type StoredEvent,
  storedAccountFact,
  storedDomainEvent,
  streamCategory,
  streamId,
} from '@imprest/event-catalogue';
import { entryBytes } from '../canonical/entry-bytes.js';
import { eventBytes } from '../canonical/event-bytes.js';
import type { Hash } from '../canonical/hashes.js';
import { CHAIN_START, eventLeaf, leafOfBytes } from '../canonical/record-leaf.js';
import type { SealPublicKey } from '../seal/seal-key.js';
import { SealLine } from '../seal/seal-line.js';
import { type AccountChain, AccountChains } from './account-chains.js';
import { bookedDifference } from './entry-difference.js';
import type { Findings } from './findings.js';
import { type LeafChunk, SealTree } from './leaf-chunks.js';
import type { StoredEntry } from './stored-entry.js';
import { imbalanceOf } from './zero-sum.js';

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
  /** What the journal has of it. */
  readonly stored: StoredEntry | undefined;
  /** Made anew from the event; undefined where histories are not folded, or cannot be. */
  readonly anew: { readonly entry: JournalEntry; readonly fact: TokenAccountEvent } | undefined;
  /** Encoded, whichever of the two it is. */
  readonly bytes: Buffer;
}

export interface LogVerifierOptions {
  readonly findings: Findings;
  /** All seals in order, known beforehand: the log tells of a seal only after what it covers. */
  readonly seals: readonly LedgerSealed['data'][];
  readonly trusted?: SealPublicKey;
  readonly observer?: LogObserver;
  /** Exclusive; what lies before is taken as it was sealed, see AccountChains.resume. */
  readonly after?: bigint;
  /** Whether to book every account anew and compare; true when absent. */
  readonly replay?: boolean;
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
  private readonly replays: boolean;
  private readonly findings: Findings;
  private readonly seals: readonly LedgerSealed['data'][];
  private nextSeal: number;
  /** Last position under the next seal. */
  private sealedUpTo: bigint | undefined;
  private tree: SealTree;
  private sealRevision = -1;
  private readonly observer: LogObserver;
  /** Where the chain stood before the entry at hand. */
  private readonly previous = Buffer.from(CHAIN_START);
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
    this.replays = options.replay ?? true;
    const next = this.seals.findIndex(({ upTo }) => BigInt(upTo) > this.position);
    this.nextSeal = next < 0 ? this.seals.length : next;
    this.sealedUpTo = this.endOfSeal();
    this.tree = new SealTree(this.position, this.onChunk);
  }

  /** @param stored the journal's entry of a token account's event. */
  take(event: StoredEvent, stored?: StoredEntry): void {
    const { position } = event;
    this.begin(position);
    this.events += 1;
    this.tree.append(position, this.leafOf(event, stored));
  }

  private leafOf(event: StoredEvent, stored: StoredEntry | undefined): Hash {
    try {
      return this.leafOfKind(event, stored);
    } catch (error) {
      // Values that no writer of the store can have given have no canonical form.
      this.find(event, `cannot be encoded: ${messageOf(error)}`);
      return stored?.leaf ?? CHAIN_START;
    }
  }

  private leafOfKind(event: StoredEvent, stored: StoredEntry | undefined): Hash {
    const { stream } = event;
    const category = streamCategory(stream);
    if (category === tokenAccount.category) return this.takeEntry(event, streamId(stream), stored);
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
    const { size } = this.tree;
    return { size, root: this.tree.close() };
  }

  finish(): void {
    while (this.nextSeal < this.seals.length) this.closeSeal();
    for (const { number, problem } of this.line.problems) {
      this.findings.add({ position: null, where: `seal ${number}`, problem });
    }
  }

  private begin(position: bigint): void {
    if (position <= this.position && this.events > 0) {
      const problem = `position ${position} comes after ${this.position}`;
      this.findings.add({ position, where: 'the log', problem });
    }
    this.position = position;
    while (this.sealedUpTo !== undefined && position > this.sealedUpTo) this.closeSeal();
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
    this.sealedUpTo = this.endOfSeal();
    this.tree = new SealTree(BigInt(seal.upTo), this.onChunk);
  }

  private endOfSeal(): bigint | undefined {
    const seal = this.seals[this.nextSeal];
    return seal && BigInt(seal.upTo);
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
      this.find(event, `revision ${event.revision} leaves a gap`);
    }
    this.sealRevision = event.revision;
    try {
      const fact = storedDomainEvent(event) as LedgerSealEvent;
      const before = this.line.problems.length;
      this.line.take(fact);
      for (const { number, problem } of this.line.problems.splice(before)) {
        this.find(event, `seal ${number} ${problem}`);
      }
    } catch (error) {
      this.find(event, `cannot be read: ${messageOf(error)}`);
    }
  }

  private takeEntry(event: StoredEvent, tenantId: string, stored: StoredEntry | undefined): Hash {
    this.entries += 1;
    const chain = this.accounts.of(tenantId);
    const { revision } = event;
    if (revision !== chain.revision + 1) {
      this.find(event, `has revision ${revision}, not ${chain.revision + 1}`);
      chain.foldable = false;
    }
    if (stored !== undefined && !stored.isOf(event)) {
      this.find(event, `entry: ${entryWords(stored)} is of another event`);
    }
    const booked = this.booked(chain, event, stored);
    this.previous.set(chain.head);
    this.accounts.advance(chain, revision, stored?.leaf ?? this.previous);
    if (booked === undefined) return eventLeaf(event);
    const leaf = this.link(chain, event, booked);
    if (stored === undefined) chain.head.set(leaf);
    this.observer.entry?.(event, booked, chain);
    return leaf;
  }

  /** What the entry has to be: booked anew where the account's history allows it, as stored elsewhere. */
  private booked(
    chain: AccountChain,
    event: StoredEvent,
    stored: StoredEntry | undefined,
  ): BookedEntry | undefined {
    if (this.replays && chain.foldable) {
      try {
        return this.bookedAnew(chain, event, stored);
      } catch (error) {
        chain.foldable = false;
        this.find(event, `cannot be booked: ${messageOf(error)}`);
      }
    }
    if (stored === undefined) return undefined;
    const { bytes } = stored;
    const imbalance = imbalanceOf(bytes);
    if (imbalance !== undefined) this.find(event, `entry: ${imbalance}`);
    return { stored, anew: undefined, bytes };
  }

  private bookedAnew(
    chain: AccountChain,
    event: StoredEvent,
    stored: StoredEntry | undefined,
  ): BookedEntry {
    const { event: fact, ...about } = storedAccountFact(event);
    const entry = chain.book.enter({ ...about, event: fact });
    const bytes = entryBytes(entry);
    if (stored !== undefined) {
      const difference = bookedDifference(chain, entry, bytes, stored);
      if (difference !== undefined) this.find(event, `entry: ${difference}`);
    }
    return { stored, anew: { entry, fact }, bytes };
  }

  private link(chain: AccountChain, event: StoredEvent, { bytes, stored }: BookedEntry): Hash {
    const { otherHead } = chain;
    const leaf = leafOfBytes(this.previous, eventBytes(event), bytes);
    chain.otherHead = undefined;
    if (stored === undefined || leaf.equals(stored.leaf)) return leaf;
    if (otherHead !== undefined) {
      const other = leafOfBytes(otherHead, eventBytes(event), bytes);
      if (other.equals(stored.leaf)) return other;
    }
    chain.otherHead = leaf;
    this.find(event, 'is not what its chain was made of');
    return leaf;
  }

  /** The first word about an event is enough. */
  private find({ position, stream: where }: StoredEvent, problem: string): void {
    if (!this.findings.names(position)) this.findings.add({ position, where, problem });
  }
}

function entryWords({ entry }: StoredEntry): string {
  return `${entry.type} of revision ${entry.revision} of ${entry.tenantId}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
