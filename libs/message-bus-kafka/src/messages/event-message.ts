import type { Actor, JsonObject, RecordedEvent } from '@imprest/event-catalogue';
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';

/**
 * CloudEvents 1.0, Kafka protocol binding 1.0.2, binary content mode: the payload is the value, attributes
 * are headers with the prefix `ce_`. What follows the subject are extension attributes.
 */
export const HEADERS = {
  contentType: 'content-type',
  specVersion: 'ce_specversion',
  source: 'ce_source',
  id: 'ce_id',
  type: 'ce_type',
  time: 'ce_time',
  /** Name of the stream, which is also the key. */
  subject: 'ce_subject',
  schemaVersion: 'ce_schemaversion',
  revision: 'ce_revision',
  position: 'ce_position',
  recordedTime: 'ce_recordedtime',
  correlationId: 'ce_correlationid',
  causationId: 'ce_causationid',
  actorKind: 'ce_actorkind',
  actorId: 'ce_actorid',
  /** Only while the trace is recorded. */
  traceparent: 'ce_traceparent',
} as const;

const SOURCE = '/imprest';
const SPEC_VERSION = '1.0';
const CONTENT_TYPE = 'application/json';

/** A message that says it is the product's and is not what the product writes. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}

export function toMessage(event: RecordedEvent): Message {
  const { stream, metadata, recordedAt } = event;
  return {
    key: stream,
    value: JSON.stringify(event.data),
    timestamp: String(recordedAt.getTime()),
    headers: {
      [HEADERS.contentType]: CONTENT_TYPE,
      [HEADERS.specVersion]: SPEC_VERSION,
      [HEADERS.source]: SOURCE,
      [HEADERS.id]: event.eventId,
      [HEADERS.type]: event.type,
      [HEADERS.time]: metadata.occurredAt,
      [HEADERS.subject]: stream,
      [HEADERS.schemaVersion]: String(event.version),
      [HEADERS.revision]: String(event.revision),
      [HEADERS.position]: String(event.position),
      [HEADERS.recordedTime]: recordedAt.toISOString(),
      [HEADERS.correlationId]: metadata.correlationId,
      [HEADERS.causationId]: metadata.causationId,
      [HEADERS.actorKind]: metadata.actor.kind,
      [HEADERS.actorId]: metadata.actor.id,
      ...(metadata.traceparent && { [HEADERS.traceparent]: metadata.traceparent }),
    },
  };
}

/** Undefined for a message that the product did not write. @throws UnreadableMessage */
export function fromMessage(
  message: Pick<KafkaMessage, 'value' | 'headers'>,
): RecordedEvent | undefined {
  const { headers = {}, value } = message;
  if (headers[HEADERS.source]?.toString() !== SOURCE) return undefined;
  if (value === null) throw new UnreadableMessage('an event has no payload');
  return {
    eventId: text(headers, HEADERS.id),
    type: text(headers, HEADERS.type),
    version: natural(headers, HEADERS.schemaVersion),
    data: payload(value),
    metadata: {
      correlationId: text(headers, HEADERS.correlationId),
      causationId: text(headers, HEADERS.causationId),
      occurredAt: text(headers, HEADERS.time),
      actor: {
        kind: text(headers, HEADERS.actorKind) as Actor['kind'],
        id: text(headers, HEADERS.actorId),
      },
      ...(headers[HEADERS.traceparent] && { traceparent: text(headers, HEADERS.traceparent) }),
    },
    stream: text(headers, HEADERS.subject),
    revision: natural(headers, HEADERS.revision),
    position: BigInt(digits(headers, HEADERS.position)),
    recordedAt: instant(headers, HEADERS.recordedTime),
  };
}

function text(headers: IHeaders, name: string): string {
  const value = headers[name];
  if (value === undefined || Array.isArray(value)) {
    throw new UnreadableMessage(`an event must have the header ${name} once`);
  }
  return value.toString();
}

function digits(headers: IHeaders, name: string): string {
  const value = text(headers, name);
  if (/^[0-9]+$/.test(value)) return value;
  throw new UnreadableMessage(
    `header ${name} must be a number from 0, and is ${value.slice(0, 40)}`,
  );
}

function natural(headers: IHeaders, name: string): number {
  return Number(digits(headers, name));
}

function instant(headers: IHeaders, name: string): Date {
  const value = text(headers, name);
  const at = new Date(value);
  if (!Number.isNaN(at.getTime())) return at;
  throw new UnreadableMessage(`header ${name} must be a time, and is ${value.slice(0, 40)}`);
}

function payload(value: Buffer): JsonObject {
  try {
    return JSON.parse(value.toString()) as JsonObject;
  } catch (cause) {
    throw new UnreadableMessage('the payload of an event must be JSON', { cause });
  }
}
