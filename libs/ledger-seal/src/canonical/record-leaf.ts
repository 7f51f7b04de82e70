import type { JournalEntry } from '@imprest/domain';
import type { StoredEvent } from '@imprest/event-catalogue';
import { ByteWriter } from './byte-writer.js';
import { entryBytes } from './entry-bytes.js';
import { eventBytes } from './event-bytes.js';
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
  return sha256(begin(EVENT).raw(eventBytes(event)).written());
}

/**
 * Leaf of a token account's event and its journal entry. It begins with the leaf of the account's entry
 * before it, so the leaves of an account are its hash chain, and no entry can change, go or come in
 * between without changing all that follow. What the entry repeats of its event (tenant, revision, ids,
 * type, time of knowing) is said once.
 * @param previous CHAIN_START for the first entry of an account.
 */
export function entryLeaf(previous: Hash, event: StoredEvent, entry: JournalEntry): Hash {
  return leafOfBytes(previous, eventBytes(event), entryBytes(entry));
}

/** The same of what is encoded already. */
export function leafOfBytes(previous: Hash, event: Uint8Array, entry: Uint8Array): Hash {
  return sha256(begin(LEDGER_RECORD).hash(previous).raw(event).raw(entry).written());
}

/** Leaf of an account in the tree over the heads of all accounts. */
export function accountLeaf(tenantId: string, revision: number, head: Hash): Hash {
  return sha256(begin(ACCOUNT_HEAD).text(tenantId).count(revision).hash(head).written());
}

function begin(kind: number): ByteWriter {
  return writer.reset().byte(LEAF).byte(RECORD_FORMAT).byte(kind);
}
