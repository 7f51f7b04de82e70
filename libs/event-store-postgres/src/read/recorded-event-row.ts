import type { EventMetadata, RecordedEvent } from '@imprest/event-catalogue';

/** A row in text format, as the wire carries it. */
export type WireRow = readonly string[];

/** Milliseconds as a float: cheaper on both sides than a timestamp in words. */
export const EVENT_COLUMNS =
  'position, stream, revision, event_id, type, version, data, metadata, ' +
  "date_part('epoch', recorded_at) * 1000";

/** Where they are in EVENT_COLUMNS. */
const POSITION = 0;
const METADATA = 7;

export function positionOf(row: WireRow): bigint {
  return BigInt(row[POSITION] as string);
}

export function toRecordedEvents(rows: readonly WireRow[]): RecordedEvent[] {
  let json = '';
  let parsed: EventMetadata | undefined;
  return rows.map((row) => {
    const metadata = row[METADATA] as string;
    // The events of one command follow each other and share their metadata.
    if (parsed === undefined || metadata !== json) {
      json = metadata;
      parsed = JSON.parse(metadata) as EventMetadata;
    }
    return toRecordedEvent(row, parsed);
  });
}

function toRecordedEvent(row: WireRow, metadata: EventMetadata): RecordedEvent {
  const [position, stream, revision, eventId, type, version, data, , recordedAt] = row as readonly [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    eventId,
    type,
    version: Number(version),
    data: JSON.parse(data),
    metadata,
    stream,
    revision: Number(revision),
    position: BigInt(position),
    recordedAt: new Date(Math.round(Number(recordedAt))),
  };
}
