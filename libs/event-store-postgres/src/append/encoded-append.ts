import { NO_STREAM, type StreamAppend } from '@imprest/application';
import type { EventEnvelope, EventMetadata } from '@imprest/event-catalogue';

/** An event as it is stored. */
export interface EncodedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly version: number;
  /** JSON. */
  readonly data: string;
  /** JSON. */
  readonly metadata: string;
}

/** Events for one stream that belong at given revisions. */
export interface StreamWrite {
  readonly stream: string;
  readonly firstRevision: number;
  readonly events: readonly EncodedEvent[];
  /** It continues a stream that an earlier write of the same call extends. */
  readonly continues: boolean;
}

export interface EncodedAppend {
  readonly writes: readonly StreamWrite[];
  /** Streams the call names twice with revisions that cannot both be right. */
  readonly contradictions: readonly string[];
  readonly events: number;
  readonly bytes: number;
}

export const MAX_STREAM_NAME_LENGTH = 512;
export const MAX_TYPE_LENGTH = 256;
export const MAX_APPEND_EVENTS = 20_000;
export const MAX_APPEND_BYTES = 32 * 1024 * 1024;

const MAX_VERSION = 32_767;
/** What an event costs beside its JSON: ids, revision, names. */
const BYTES_PER_EVENT = 128;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** NUL cannot be stored as text, half a surrogate pair would come back as another character. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
/** Nearly every name; to see so is several times cheaper than to look for what cannot be stored. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/**
 * Checks and serialises a call before it meets others in a batch: whatever PostgreSQL would refuse
 * there would be refused for all of them.
 * @throws RangeError when an event breaks a limit of the store, TypeError when data is not JSON.
 */
export function encodeAppend(appends: readonly StreamAppend[]): EncodedAppend {
  const encoder = new AppendEncoder();
  for (const append of appends) encoder.add(append);
  return encoder.finish();
}

class AppendEncoder {
  private readonly writes: StreamWrite[] = [];
  private readonly contradictions: string[] = [];
  private readonly lastRevisions = new Map<string, number>();
  private events = 0;
  private bytes = 0;
  private metadata: EventMetadata | undefined;
  private metadataJson = '';

  add({ stream, expectedRevision, events }: StreamAppend): void {
    requireName('stream', stream, MAX_STREAM_NAME_LENGTH);
    if (!Number.isSafeInteger(expectedRevision) || expectedRevision < NO_STREAM) {
      throw new RangeError(`expected revision of ${stream} must be an integer from ${NO_STREAM}`);
    }
    if (events.length === 0) throw new RangeError(`append to ${stream} has no event`);
    const before = this.lastRevisions.get(stream);
    if (before !== undefined && before !== expectedRevision) this.contradictions.push(stream);
    this.lastRevisions.set(stream, expectedRevision + events.length);
    this.writes.push({
      stream,
      firstRevision: expectedRevision + 1,
      events: events.map((event) => this.encode(event)),
      continues: before !== undefined,
    });
  }

  finish(): EncodedAppend {
    const { writes, contradictions, events, bytes } = this;
    if (events === 0) throw new RangeError('an append needs at least one event');
    if (events > MAX_APPEND_EVENTS || bytes > MAX_APPEND_BYTES) {
      throw new RangeError(
        `an append of ${events} events in ${bytes} bytes is over the limit of ` +
          `${MAX_APPEND_EVENTS} events, ${MAX_APPEND_BYTES} bytes`,
      );
    }
    return { writes, contradictions, events, bytes };
  }

  private encode({ eventId, type, version, data, metadata }: EventEnvelope): EncodedEvent {
    if (!UUID.test(eventId)) throw new RangeError(`event id ${eventId} is not a UUID`);
    requireName('event type', type, MAX_TYPE_LENGTH);
    if (!Number.isInteger(version) || version < 1 || version > MAX_VERSION) {
      throw new RangeError(`version of ${type} must be an integer from 1 to ${MAX_VERSION}`);
    }
    const dataJson = JSON.stringify(data);
    if (dataJson === undefined) throw new TypeError(`data of ${type} is not JSON`);
    // The events of one command share their metadata object.
    if (metadata !== this.metadata) {
      const { correlationId, causationId, occurredAt, actor, traceparent } = metadata;
      this.metadata = metadata;
      const stored = { correlationId, causationId, occurredAt, actor, traceparent };
      this.metadataJson = JSON.stringify(stored);
    }
    this.events += 1;
    this.bytes += dataJson.length + this.metadataJson.length + BYTES_PER_EVENT;
    return { eventId, type, version, data: dataJson, metadata: this.metadataJson };
  }
}

function requireName(what: string, name: string, limit: number): void {
  const storable = PRINTABLE_ASCII.test(name) || !UNSTORABLE.test(name);
  if (name.length === 0 || name.length > limit || !storable) {
    throw new RangeError(
      `${what} ${JSON.stringify(name.slice(0, limit))} must have 1 to ${limit} characters, none of them NUL`,
    );
  }
}
