import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { RecordedEvent, StoredEvent } from '@imprest/event-catalogue';
import { type DecodedMetadata, decodeMetadata } from '../event-metadata.js';

export type ServerEvent = ReadResp.ReadEvent.RecordedEvent;

export interface CopiedEvent {
  readonly stored: StoredEvent;
  readonly commit: bigint;
  /** Whether it came from another store. */
  readonly isMoved: boolean;
}

/** `created` counts in units of 100 ns since 1970. */
const TICKS_PER_MILLISECOND = 10_000;

/** Decodes events one after the other; those of one command follow each other and share their metadata. */
export class RecordedEventDecoder {
  private lastBytes: Buffer | undefined;
  private last: DecodedMetadata | undefined;

  /** @throws ForeignEvent when another program wrote it */
  decode(event: ServerEvent): RecordedEvent {
    const { metadata, place } = this.place(event);
    return { ...place, data: JSON.parse(text(event.getData_asU8())), metadata };
  }

  /** As an audit reads it. @throws ForeignEvent when another program wrote it */
  decodeStored(event: ServerEvent): StoredEvent {
    const { metadata, place } = this.place(event);
    return { ...place, data: text(event.getData_asU8()), metadata: JSON.stringify(metadata) };
  }

  /** With where it is here. @throws ForeignEvent when another program wrote it */
  decodeCopy(event: ServerEvent): CopiedEvent {
    const stored = this.decodeStored(event);
    return { stored, commit: commitPosition(event), isMoved: this.last?.origin !== undefined };
  }

  private place(event: ServerEvent) {
    const described = event.getMetadataMap();
    const stream = text(event.getStreamIdentifier()?.getStreamName_asU8());
    const revision = Number(event.getStreamRevision());
    const { metadata, version, origin } = this.metadataOf(event, stream, revision);
    const created = Math.floor(Number(described.get('created')) / TICKS_PER_MILLISECOND);
    const place = {
      eventId: event.getId()?.getString() ?? '',
      type: described.get('type') ?? '',
      version,
      stream,
      revision,
      position: origin?.position ?? commitPosition(event),
      recordedAt: origin?.recordedAt ?? new Date(created),
    };
    return { metadata, place };
  }

  private metadataOf(event: ServerEvent, stream: string, revision: number): DecodedMetadata {
    const bytes = buffer(event.getCustomMetadata_asU8());
    if (this.last !== undefined && this.lastBytes?.equals(bytes)) return this.last;
    this.last = decodeMetadata(bytes.toString('utf8'), `event ${revision} of ${stream}`);
    this.lastBytes = bytes;
    return this.last;
  }
}

export function commitPosition(event: ServerEvent): bigint {
  return BigInt(event.getCommitPosition());
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function text(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : buffer(bytes).toString('utf8');
}
