import type { RecordedEvent } from '@imprest/event-catalogue';

/** A row in text format, as the wire carries it. */
export type WireRow = readonly string[];

/** Milliseconds as a float: cheaper on both sides than a timestamp in words. */
export const EVENT_COLUMNS =
  'position, stream, revision, event_id, type, version, data, metadata, ' +
  "date_part('epoch', recorded_at) * 1000";

/** Where `position` is in EVENT_COLUMNS. */
const POSITION = 0;

export function positionOf(row: WireRow): bigint {
  return BigInt(row[POSITION] as string);
}

export function toRecordedEvent(row: WireRow): RecordedEvent {
  const [position, stream, revision, eventId, type, version, data, metadata, recordedAt] =
    row as readonly [string, string, string, string, string, string, string, string, string];
  return {
    eventId,
    type,
    version: Number(version),
    data: JSON.parse(data),
    metadata: JSON.parse(metadata),
    stream,
    revision: Number(revision),
    position: BigInt(position),
    recordedAt: new Date(Math.round(Number(recordedAt))),
  };
}
