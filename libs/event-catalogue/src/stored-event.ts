import type { DomainEvent } from '@imprest/domain';
import type { EventEnvelope, EventMetadata, RecordedEvent } from './envelope.js';
import { toDomainEvent } from './serde.js';

/** An event byte for byte as its store keeps it: what an audit hashes. */
export interface StoredEvent
  extends Pick<EventEnvelope, 'eventId' | 'type' | 'version'>,
    Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'recordedAt'> {
  /** JSON. */
  readonly data: string;
  /** JSON. */
  readonly metadata: string;
  /** All of it encoded as @imprest/ledger-seal does (`eventBytes`), where the store gives it so. */
  readonly bytes?: Uint8Array;
}

let lastMetadata: EventMetadata | undefined;
let lastMetadataJson = '';

/**
 * What a store was given to keep, from what it gave back: JSON that `JSON.stringify` wrote says the same again,
 * and metadata have one order, whichever the store gives them in. So an event has one form in all stores.
 */
export function storedEvent(recorded: RecordedEvent): StoredEvent {
  // The events of one command share their metadata.
  if (recorded.metadata !== lastMetadata) {
    lastMetadata = recorded.metadata;
    const { correlationId, causationId, occurredAt, actor, traceparent } = recorded.metadata;
    const { kind, id } = actor;
    const ordered = { correlationId, causationId, occurredAt, actor: { kind, id }, traceparent };
    lastMetadataJson = JSON.stringify(ordered);
  }
  const { eventId, type, version, stream, revision, position, recordedAt } = recorded;
  const data = JSON.stringify(recorded.data);
  const metadata = lastMetadataJson;
  return { eventId, type, version, stream, revision, position, recordedAt, data, metadata };
}

/** The event as consumers know it. @throws SyntaxError when what is stored is no JSON any more */
export function recordedEvent(stored: StoredEvent): RecordedEvent {
  const { eventId, type, version, stream, revision, position, recordedAt } = stored;
  const [data, metadata] = [JSON.parse(stored.data), JSON.parse(stored.metadata)];
  return { eventId, type, version, stream, revision, position, recordedAt, data, metadata };
}

/** What happened, as the domain knows it. @throws SyntaxError when what is stored is no JSON any more */
export function storedDomainEvent({ type, version, data }: StoredEvent): DomainEvent {
  return toDomainEvent({ type, version, data: JSON.parse(data) });
}

const OCCURRED_AT = '"occurredAt":"';

/**
 * When it happened, ISO 8601, without parsing the rest of the metadata: a quote within a string of JSON is
 * escaped, so what is found is the field itself.
 */
export function happenedAt({ metadata }: Pick<StoredEvent, 'metadata'>): string {
  const at = metadata.indexOf(OCCURRED_AT);
  if (at < 0) return (JSON.parse(metadata) as EventMetadata).occurredAt;
  const from = at + OCCURRED_AT.length;
  return metadata.slice(from, metadata.indexOf('"', from));
}
