import { FieldWriter, fieldSize, putPaddedVarint, varintSize } from './field-writer.js';

/** An event as it is stored. */
export interface EncodedEvent {
  readonly eventId: string;
  readonly type: string;
  /** JSON. */
  readonly data: string;
  /** JSON. */
  readonly metadata: string;
}

export interface StreamWrite {
  readonly stream: string;
  /** Or NO_STREAM. */
  readonly expectedRevision: number;
  readonly events: readonly EncodedEvent[];
}

/** A request is split beyond this: servers take messages of 4 MiB at most. */
const REQUEST_BYTES = 2 * 1024 * 1024;
/**
 * correlation_id { structured { most_significant_bits, least_significant_bits } }, both as varints of five
 * bytes whatever they are, so that the id can be put in later.
 */
const CORRELATION_ID = Uint8Array.of(0x0a, 14, 0x0a, 12, 0x08, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0);
const UUID_LENGTH = 36;
const MESSAGE_ID_BYTES = 2 + 2 + UUID_LENGTH;

const STREAM_IDENTIFIER = 0x0a;
const STREAM_NAME = 0x1a;
const STREAM_POSITION = 0x10;
const NO_STREAM_EXPECTED = 0x1a;
const OPTIONS = 0x12;
const PROPOSED_MESSAGE = 0x1a;
const MESSAGE_ID = 0x0a;
const MESSAGE_METADATA = 0x12;
const MESSAGE_CUSTOM_METADATA = 0x1a;
const MESSAGE_DATA = 0x22;
const IS_FINAL = 0x20;

/**
 * `event_store.client.streams.BatchAppendReq`, ready to be sent but for its correlation id. The
 * generated encoder goes through base64 and an array of bytes, which costs more than the whole rest.
 * No deadline is set: it is a time of this machine's clock, and a server whose clock is ahead would
 * refuse every append.
 */
export function encodeRequests(write: StreamWrite): Buffer[] {
  const sizes = write.events.map(messageSize);
  const requests: Buffer[] = [];
  let from = 0;
  while (from < sizes.length) {
    let to = from;
    let bytes = 0;
    do {
      bytes += fieldSize(sizes[to]?.total as number);
      to += 1;
    } while (to < sizes.length && bytes + (sizes[to]?.total as number) <= REQUEST_BYTES);
    requests.push(encodeRequest(write, sizes, { from, to, bytes }));
    from = to;
  }
  return requests;
}

/** @param call differs from call to call of a connection, @param id within one; below 2^35. */
export function putCorrelationId(request: Buffer, call: number, id: number): void {
  putPaddedVarint(request, 5, call);
  putPaddedVarint(request, 11, id);
}

interface MessageSize {
  readonly entries: Buffer;
  readonly metadata: number;
  readonly data: number;
  readonly total: number;
}

function messageSize(event: EncodedEvent): MessageSize {
  const entries = metadataEntries(event.type);
  const metadata = Buffer.byteLength(event.metadata);
  const data = Buffer.byteLength(event.data);
  const total = MESSAGE_ID_BYTES + entries.length + fieldSize(metadata) + fieldSize(data);
  return { entries, metadata, data, total };
}

function encodeRequest(
  write: StreamWrite,
  sizes: readonly MessageSize[],
  part: { readonly from: number; readonly to: number; readonly bytes: number },
): Buffer {
  const isFirst = part.from === 0;
  const isFinal = part.to === sizes.length;
  const nameBytes = isFirst ? Buffer.byteLength(write.stream) : 0;
  const optionsBytes = isFirst ? optionsSize(write, nameBytes) : 0;
  const total =
    CORRELATION_ID.length +
    (isFirst ? fieldSize(optionsBytes) : 0) +
    part.bytes +
    (isFinal ? 2 : 0);
  const writer = new FieldWriter(Buffer.allocUnsafe(total));
  writer.copy(CORRELATION_ID);
  if (isFirst) putOptions(writer, write, nameBytes, optionsBytes);
  for (let n = part.from; n < part.to; n += 1) {
    putMessage(writer, write.events[n] as EncodedEvent, sizes[n] as MessageSize);
  }
  if (isFinal) writer.tagged(IS_FINAL, 1);
  return writer.bytes;
}

function optionsSize({ expectedRevision }: StreamWrite, nameBytes: number): number {
  const expected = expectedRevision < 0 ? 2 : 1 + varintSize(expectedRevision);
  return fieldSize(fieldSize(nameBytes)) + expected;
}

function putOptions(
  writer: FieldWriter,
  { stream, expectedRevision }: StreamWrite,
  nameBytes: number,
  size: number,
): void {
  writer.tagged(OPTIONS, size);
  writer.tagged(STREAM_IDENTIFIER, fieldSize(nameBytes));
  writer.text(STREAM_NAME, stream, nameBytes);
  if (expectedRevision < 0) writer.tagged(NO_STREAM_EXPECTED, 0);
  else writer.tagged(STREAM_POSITION, expectedRevision);
}

function putMessage(writer: FieldWriter, event: EncodedEvent, size: MessageSize): void {
  writer.tagged(PROPOSED_MESSAGE, size.total);
  writer.tagged(MESSAGE_ID, 2 + UUID_LENGTH);
  writer.text(0x12, event.eventId, UUID_LENGTH);
  writer.copy(size.entries);
  writer.text(MESSAGE_CUSTOM_METADATA, event.metadata, size.metadata);
  writer.text(MESSAGE_DATA, event.data, size.data);
}

const entriesByType = new Map<string, Buffer>();
const CONTENT_TYPE = metadataEntry('content-type', 'application/json');
const MOST_TYPES = 1_000;

/** The two entries every event has; there are as many types as the catalogue has. */
function metadataEntries(type: string): Buffer {
  const known = entriesByType.get(type);
  if (known !== undefined) return known;
  const entries = Buffer.concat([metadataEntry('type', type), CONTENT_TYPE]);
  if (entriesByType.size >= MOST_TYPES) entriesByType.clear();
  entriesByType.set(type, entries);
  return entries;
}

function metadataEntry(key: string, value: string): Buffer {
  const [keyBytes, valueBytes] = [Buffer.byteLength(key), Buffer.byteLength(value)];
  const size = fieldSize(keyBytes) + fieldSize(valueBytes);
  const writer = new FieldWriter(Buffer.allocUnsafe(fieldSize(size)));
  writer.tagged(MESSAGE_METADATA, size);
  writer.text(0x0a, key, keyBytes);
  writer.text(0x12, value, valueBytes);
  return writer.bytes;
}
