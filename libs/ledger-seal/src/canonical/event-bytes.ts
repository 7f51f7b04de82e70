import type { StoredEvent } from '@imprest/event-catalogue';
import { ByteWriter } from './byte-writer.js';

const writer = new ByteWriter();

/**
 * A stored event as fields of a 32-bit length and as many bytes, in this order: position, revision (64
 * bits), event id, type (UTF-8), time of recording (64 bits, milliseconds), stream, version (64 bits), data
 * and metadata (the JSON as it is stored). Valid until the next call.
 * @throws RangeError for a number that does not fit
 */
export function eventBytes(event: StoredEvent): Uint8Array {
  if (event.bytes !== undefined) return event.bytes;
  return writer
    .reset()
    .amount(event.position)
    .instant(event.revision)
    .text(event.eventId)
    .text(event.type)
    .instant(event.recordedAt.getTime())
    .text(event.stream)
    .instant(event.version)
    .text(event.data)
    .text(event.metadata)
    .written();
}
