import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventMetadata, RecordedEvent } from '@imprest/event-catalogue';
import { decodeMetadata } from '../event-metadata.js';

type StoredEvent = ReadResp.ReadEvent.RecordedEvent;

/** `created` counts in units of 100 ns since 1970. */
const TICKS_PER_MILLISECOND = 10_000;

/** Decodes events one after the other; those of one command follow each other and share their metadata. */
export class RecordedEventDecoder {
  private metadataBytes: Buffer | undefined;
  private metadata: EventMetadata | undefined;
  private version = 0;

  /** @throws ForeignEvent when another program wrote it */
  decode(stored: StoredEvent): RecordedEvent {
    const described = stored.getMetadataMap();
    const stream = text(stored.getStreamIdentifier()?.getStreamName_asU8());
    const revision = Number(stored.getStreamRevision());
    const metadata = this.decodeMetadata(stored, stream, revision);
    return {
      eventId: stored.getId()?.getString() ?? '',
      type: described.get('type') ?? '',
      version: this.version,
      data: JSON.parse(text(stored.getData_asU8())),
      metadata,
      stream,
      revision,
      position: BigInt(stored.getCommitPosition()),
      recordedAt: new Date(Math.floor(Number(described.get('created')) / TICKS_PER_MILLISECOND)),
    };
  }

  private decodeMetadata(stored: StoredEvent, stream: string, revision: number): EventMetadata {
    const bytes = buffer(stored.getCustomMetadata_asU8());
    if (this.metadata !== undefined && this.metadataBytes?.equals(bytes)) return this.metadata;
    const json = bytes.toString('utf8');
    const { metadata, version } = decodeMetadata(json, `event ${revision} of ${stream}`);
    this.metadataBytes = bytes;
    this.metadata = metadata;
    this.version = version;
    return metadata;
  }
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function text(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : buffer(bytes).toString('utf8');
}
