import type { JournalEntry } from '@imprest/domain';
import type { StoredEvent } from '@imprest/event-catalogue';
import { ByteWriter } from './byte-writer.js';
import { type Hash, sha256 } from './hashes.js';

/** RFC 6962, section 2.1: leaves and nodes are told apart by their first byte. */
export const LEAF = 0x00;
export const NODE = 0x01;

/** Of the canonical form. A new one never changes what an old one says. */
export const RECORD_FORMAT = 1;

const EVENT = 1;
const LEDGER_RECORD = 2;
const ACCOUNT_HEAD = 3;

/** What the first entry of an account follows. */
export const CHAIN_START: Hash = Buffer.alloc(32);

const writer = new ByteWriter();

/** Leaf of an event that is none of a token account. */
export function eventLeaf(event: StoredEvent): Hash {
  begin(EVENT);
  writeEvent(event);
  return sha256(writer.view());
}

/**
 * Leaf of a token account's event and its journal entry. It begins with the leaf of the account's entry
 * before it, so the leaves of an account are its hash chain, and no entry can change, go or come in
 * between without changing all that follow.
 * @param previous CHAIN_START for the first entry of an account.
 */
export function entryLeaf(previous: Hash, event: StoredEvent, entry: JournalEntry): Hash {
  begin(LEDGER_RECORD).hash(previous);
  writeEvent(event);
  writeEntry(entry);
  return sha256(writer.view());
}

/** Leaf of an account in the tree over the heads of all accounts. */
export function accountLeaf(tenantId: string, revision: number, head: Hash): Hash {
  begin(ACCOUNT_HEAD).text(tenantId).count(revision).hash(head);
  return sha256(writer.view());
}

function begin(kind: number): ByteWriter {
  return writer.reset().byte(LEAF).byte(RECORD_FORMAT).byte(kind);
}

function writeEvent(event: StoredEvent): void {
  writer
    .amount(event.position)
    .text(event.stream)
    .count(event.revision)
    .text(event.eventId)
    .text(event.type)
    .count(event.version)
    .instant(event.recordedAt)
    .text(event.data)
    .text(event.metadata);
}

function writeEntry(entry: JournalEntry): void {
  writer
    .text(entry.tenantId)
    .count(entry.revision)
    .text(entry.eventId)
    .text(entry.type)
    .optionalText(entry.generationId)
    .text(entry.happenedAt)
    .text(entry.knownAt)
    .count(entry.postings.length);
  for (const { account, lotId, tokens, money } of entry.postings) {
    writer.text(account).text(lotId).amount(tokens);
    if (money === null) writer.byte(0);
    else writer.byte(1).amount(money.minorUnits).text(money.currency);
  }
}
