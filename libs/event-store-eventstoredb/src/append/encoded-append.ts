import { NO_STREAM, type StreamAppend } from '@imprest/application';
import type { EventEnvelope, EventMetadata } from '@imprest/event-catalogue';
import { encodeMetadata } from '../event-metadata.js';
import { type EncodedEvent, encodeRequests } from './batch-append-request.js';

/** What one request of the server writes: all of it or nothing. */
export interface EncodedWrite {
  readonly stream: string;
  /** Of its last event, once written. */
  readonly lastRevision: number;
  readonly requests: readonly Buffer[];
}

export interface EncodedAppend {
  /** In the order to be written; the last one must not be there without the others. */
  readonly writes: readonly EncodedWrite[];
  /** Streams the call names twice with revisions that cannot both be right. */
  readonly contradictions: readonly string[];
  readonly events: number;
  readonly bytes: number;
}

export const MAX_STREAM_NAME_LENGTH = 512;
export const MAX_TYPE_LENGTH = 256;
export const MAX_APPEND_EVENTS = 20_000;
export const MAX_APPEND_BYTES = 32 * 1024 * 1024;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** NUL ends a name in some tools of the server, half a surrogate pair would come back as another character. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

interface StreamEvents {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly EventEnvelope[];
}

/**
 * Checks and serialises a call.
 * @throws RangeError when an event breaks a limit of the store, TypeError when data is not JSON.
 */
export function encodeAppend(appends: readonly StreamAppend[]): EncodedAppend {
  for (const append of appends) checkAppend(append);
  const { groups, contradictions } = byStream(appends);
  if (groups.length === 0) throw new RangeError('an append needs at least one event');
  const encoder = new EventEncoder();
  const writes = groups.map(({ stream, expectedRevision, events }) => {
    const encoded = events.map((event) => encoder.encode(event));
    return {
      stream,
      lastRevision: expectedRevision + events.length,
      requests: encodeRequests({ stream, expectedRevision, events: encoded }),
    };
  });
  let bytes = 0;
  for (const { requests } of writes) for (const request of requests) bytes += request.length;
  const { events } = encoder;
  if (events > MAX_APPEND_EVENTS || bytes > MAX_APPEND_BYTES) {
    throw new RangeError(
      `an append of ${events} events in ${bytes} bytes is over the limit of ` +
        `${MAX_APPEND_EVENTS} events, ${MAX_APPEND_BYTES} bytes`,
    );
  }
  return { writes, contradictions, events, bytes };
}

/**
 * The server writes a stream's events of one request all or none, so what continues a stream goes with
 * what it continues: a conflict then leaves nothing of the stream behind.
 */
function byStream(appends: readonly StreamAppend[]) {
  const contradictions: string[] = [];
  if (appends.length === 1) return { groups: appends as readonly StreamEvents[], contradictions };
  const groups = new Map<string, StreamEvents>();
  for (const append of appends) {
    const before = groups.get(append.stream);
    if (before === undefined) {
      groups.set(append.stream, append);
      continue;
    }
    const { stream, expectedRevision } = before;
    if (expectedRevision + before.events.length !== append.expectedRevision) {
      contradictions.push(stream);
    }
    // Where the last part of it was: the end of a call stays its end.
    groups.delete(stream);
    const events = [...before.events, ...append.events];
    groups.set(stream, { stream, expectedRevision, events });
  }
  return { groups: [...groups.values()], contradictions };
}

function checkAppend({ stream, expectedRevision, events }: StreamAppend): void {
  requireName('stream', stream, MAX_STREAM_NAME_LENGTH);
  if (!Number.isSafeInteger(expectedRevision) || expectedRevision < NO_STREAM) {
    throw new RangeError(`expected revision of ${stream} must be an integer from ${NO_STREAM}`);
  }
  if (events.length === 0) throw new RangeError(`append to ${stream} has no event`);
}

class EventEncoder {
  events = 0;
  private metadata: EventMetadata | undefined;
  private version = 0;
  private metadataJson = '';

  encode({ eventId, type, version, data, metadata }: EventEnvelope): EncodedEvent {
    if (!UUID.test(eventId)) throw new RangeError(`event id ${eventId} is not a UUID`);
    requireName('event type', type, MAX_TYPE_LENGTH);
    if (!Number.isInteger(version) || version < 1) {
      throw new RangeError(`version of ${type} must be an integer from 1`);
    }
    const dataJson = JSON.stringify(data);
    if (dataJson === undefined) throw new TypeError(`data of ${type} is not JSON`);
    // The events of one command share their metadata object.
    if (metadata !== this.metadata || version !== this.version) {
      this.metadata = metadata;
      this.version = version;
      this.metadataJson = encodeMetadata(metadata, version);
    }
    this.events += 1;
    return { eventId, type, data: dataJson, metadata: this.metadataJson };
  }
}

function requireName(what: string, name: string, limit: number): void {
  if (name.length === 0 || name.length > limit || UNSTORABLE.test(name)) {
    throw new RangeError(
      `${what} ${JSON.stringify(name.slice(0, limit))} must have 1 to ${limit} characters, none of them NUL`,
    );
  }
}
