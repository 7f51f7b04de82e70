import type { EventMetadata, StoredEvent } from '@imprest/event-catalogue';
import { encodeRequests } from '../append/batch-append-request.js';
import type { EncodedWrite } from '../append/encoded-append.js';
import { encodeMetadata } from '../event-metadata.js';

/** The server's default limit for one append is 1 MiB. */
const MOST_BYTES = 512 * 1024;
const MOST_EVENTS = 500;

/** Events in store order as writes in the same order; neighbours of one stream go together. */
export function copiedWrites(events: readonly StoredEvent[]): EncodedWrite[] {
  const writes: EncodedWrite[] = [];
  let run: StoredEvent[] = [];
  let bytes = 0;
  const end = () => {
    if (run.length > 0) writes.push(encodeRun(run));
    run = [];
    bytes = 0;
  };
  for (const event of events) {
    const last = run.at(-1);
    const size = event.data.length + event.metadata.length;
    const continues = last?.stream === event.stream && last.revision + 1 === event.revision;
    if (!continues || run.length === MOST_EVENTS || bytes + size > MOST_BYTES) end();
    run.push(event);
    bytes += size;
  }
  end();
  return writes;
}

function encodeRun(run: readonly StoredEvent[]): EncodedWrite {
  const { stream, revision } = run[0] as StoredEvent;
  const events = run.map(({ eventId, type, version, data, metadata, position, recordedAt }) => {
    const given = JSON.parse(metadata) as EventMetadata;
    return {
      eventId,
      type,
      data,
      metadata: encodeMetadata(given, version, { position, recordedAt }),
    };
  });
  const expectedRevision = revision - 1;
  return {
    stream,
    lastRevision: expectedRevision + run.length,
    requests: encodeRequests({ stream, expectedRevision, events }),
  };
}
