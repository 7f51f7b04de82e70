import type { RecordedEvent } from '@imprest/event-catalogue';

/** An event as it was recorded, for operators: amounts are decimal strings, what is personal stays sealed. */
export function recordedEventView(event: RecordedEvent) {
  const { eventId, stream, revision, position, type, version, data, recordedAt, metadata } = event;
  const { correlationId, causationId, actor, occurredAt } = metadata;
  return {
    ...{ id: eventId, at: occurredAt, knownAt: recordedAt.toISOString() },
    ...{ position: position.toString(), stream, revision, type, version },
    ...{ actor, correlationId, causationId, data },
  };
}
