import type { JournalEntry } from '@imprest/domain';
import type { StoredEvent } from '@imprest/event-catalogue';
import { type EntryContent, entryOfBytes, isEntryOf, type StoredEntry } from '@imprest/ledger-seal';

/**
 * What an entry repeats of its event comes first and in the event's own order, so that one comparison of
 * bytes tells whether it does so rightly.
 */
export const ENTRY_COLUMNS = `position, revision::bigint, event_id::text, type,
  (date_part('epoch', known_at) * 1000)::bigint, tenant_id, generation_id,
  (date_part('epoch', happened_at) * 1000)::bigint, accounts, lots, tokens, minor_units, currencies,
  available, held, leaf`;

const LENGTH = 4;
const REVISION = LENGTH + 8 + LENGTH;
const EVENT_ID = REVISION + 8;
const LISTS = 5;
/** Dimensions, whether there are nulls, type of the elements; then, unless it is empty, count and first index. */
const ARRAY_HEADER = 12;
const DIMENSION = 8;
const TENANT_IN_STREAM = 'tokenAccount-'.length;

/** For so few bytes a call into the runtime costs more than the bytes. */
const SHORT = 64;

/** @returns where the bytes end in `to` */
function copyBytes(from: Buffer, start: number, end: number, to: Buffer, at: number): number {
  if (end - start > SHORT) return at + from.copy(to, at, start, end);
  let next = at;
  for (let index = start; index < end; index += 1) {
    to[next] = from[index] as number;
    next += 1;
  }
  return next;
}

/** Big endian. */
function uint32(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let index = at; index < at + LENGTH; index += 1) value = value * 256 + (bytes[index] ?? 0);
  return value;
}

/** A row as COPY gives it: of its fields only those asked for are made. */
export class CopiedEntry implements StoredEntry {
  readonly position: bigint;
  readonly bytes: Buffer;
  readonly leaf: Buffer;
  /** Where the length of each of these fields is. */
  private readonly tenantAt: number;
  private readonly availableAt: number;
  private content: EntryContent | undefined;

  constructor(private readonly row: Buffer) {
    this.tenantAt = this.end(this.end(this.end(EVENT_ID)));
    const contentAt = this.end(this.tenantAt);
    const listsAt = this.end(this.end(contentAt));
    let end = listsAt;
    for (let list = 0; list < LISTS; list += 1) end = this.end(end);
    this.availableAt = end;
    const leafAt = this.end(this.end(end));
    this.position = row.readBigInt64BE(LENGTH);
    this.leaf = row.subarray(leafAt + LENGTH, this.end(leafAt));
    this.bytes = this.contentBytes(contentAt, listsAt, end);
  }

  get tenantId(): string {
    return this.text(this.tenantAt);
  }

  get available(): bigint {
    return this.row.readBigInt64BE(this.availableAt + LENGTH);
  }

  get held(): bigint {
    return this.row.readBigInt64BE(this.end(this.availableAt) + LENGTH);
  }

  get entry(): JournalEntry {
    this.content ??= entryOfBytes(this.bytes);
    const typeAt = this.end(EVENT_ID);
    const knownAt = new Date(Number(this.row.readBigInt64BE(this.end(typeAt) + LENGTH)));
    return {
      tenantId: this.tenantId,
      revision: Number(this.row.readBigInt64BE(REVISION)),
      eventId: this.text(EVENT_ID),
      type: this.text(typeAt) as JournalEntry['type'],
      knownAt: knownAt.toISOString(),
      ...this.content,
    };
  }

  isOf(event: StoredEvent): boolean {
    if (event.bytes === undefined) return isEntryOf(this.entry, event);
    const { row, tenantAt } = this;
    const streamLength = TENANT_IN_STREAM + this.end(tenantAt) - tenantAt - LENGTH;
    const stream = tenantAt + LENGTH + TENANT_IN_STREAM;
    const { bytes } = event;
    return (
      row.compare(bytes, 0, tenantAt, 0, tenantAt) === 0 &&
      row.compare(
        bytes,
        stream,
        tenantAt + LENGTH + streamLength,
        tenantAt + LENGTH,
        this.end(tenantAt),
      ) === 0 &&
      uint32(bytes, tenantAt) === streamLength
    );
  }

  /** PostgreSQL's arrays without what every array begins with: a count, and the elements as they are. */
  private contentBytes(contentAt: number, listsAt: number, end: number): Buffer {
    const { row } = this;
    const bytes = Buffer.allocUnsafe(end - contentAt);
    let length = copyBytes(row, contentAt, listsAt, bytes, 0);
    let at = listsAt;
    for (let list = 0; list < LISTS; list += 1) {
      const next = this.end(at);
      const isEmpty = row.readInt32BE(at + LENGTH) === 0;
      const header = at + LENGTH + ARRAY_HEADER;
      length = bytes.writeInt32BE(isEmpty ? 0 : row.readInt32BE(header), length);
      if (!isEmpty) length = copyBytes(row, header + DIMENSION, next, bytes, length);
      at = next;
    }
    return bytes.subarray(0, length);
  }

  private end(at: number): number {
    const length = this.row.readInt32BE(at);
    return length < 0 ? at + LENGTH : at + LENGTH + length;
  }

  private text(at: number): string {
    return this.row.toString('utf8', at + LENGTH, this.end(at));
  }
}
