import type { JournalEntry } from '@imprest/domain';
import { type StoredEvent, streamId } from '@imprest/event-catalogue';
import { entryBytes } from '../canonical/entry-bytes.js';

/** A journal entry as the books keep it, with what stands beside it there. */
export interface StoredEntry {
  readonly position: bigint;
  readonly tenantId: string;
  /** As `entryBytes` encodes it. */
  readonly bytes: Buffer;
  /** Made of the above when somebody looks at it. */
  readonly entry: JournalEntry;
  /** The account's chain up to and with it. */
  readonly leaf: Buffer;
  /** Tokens of the account after it. */
  readonly available: bigint;
  readonly held: bigint;
  /** Whether it repeats its event rightly: account, revision, id, type and the time it was known. */
  isOf(event: StoredEvent): boolean;
}

/** An entry that came as such, and not as bytes. */
export class DecodedEntry implements StoredEntry {
  private encoded: Buffer | undefined;

  constructor(
    readonly position: bigint,
    readonly entry: JournalEntry,
    readonly leaf: Buffer,
    readonly available: bigint,
    readonly held: bigint,
  ) {}

  get tenantId(): string {
    return this.entry.tenantId;
  }

  get bytes(): Buffer {
    this.encoded ??= Buffer.from(entryBytes(this.entry));
    return this.encoded;
  }

  isOf(event: StoredEvent): boolean {
    return isEntryOf(this.entry, event);
  }
}

export function isEntryOf(entry: JournalEntry, event: StoredEvent): boolean {
  return (
    entry.tenantId === streamId(event.stream) &&
    entry.revision === event.revision &&
    entry.eventId === event.eventId &&
    entry.type === event.type &&
    entry.knownAt === event.recordedAt.toISOString()
  );
}
