import type { EventMetadata, JsonObject } from '@imprest/event-catalogue';

/** Where and when an event was first kept, when it came here from another store. */
export interface EventOrigin {
  readonly position: bigint;
  readonly recordedAt: Date;
}

/**
 * As EventStoreDB knows it: under these two names its UI and its projection by correlation id find events.
 * The version of the type's schema is kept here too, since the server has no place of its own for it.
 */
interface StoredMetadata {
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly occurredAt: string;
  readonly actor: EventMetadata['actor'];
  readonly version: number;
  readonly traceparent?: string;
  readonly origin?: { readonly position: string; readonly recordedAt: string };
}

export interface DecodedMetadata {
  readonly metadata: EventMetadata;
  readonly version: number;
  readonly origin: EventOrigin | undefined;
}

export function encodeMetadata(
  { correlationId, causationId, occurredAt, actor, traceparent }: EventMetadata,
  version: number,
  origin?: EventOrigin,
): string {
  const stored: StoredMetadata = {
    $correlationId: correlationId,
    $causationId: causationId,
    occurredAt,
    actor,
    version,
    traceparent,
    ...(origin && {
      origin: {
        position: String(origin.position),
        recordedAt: origin.recordedAt.toISOString(),
      },
    }),
  };
  return JSON.stringify(stored);
}

/** @throws ForeignEvent when another program wrote it */
export function decodeMetadata(json: string, event: string): DecodedMetadata {
  const stored = parse(json) as unknown as Partial<StoredMetadata>;
  const { $correlationId, $causationId, occurredAt, actor, version, traceparent, origin } = stored;
  if (
    $correlationId === undefined ||
    $causationId === undefined ||
    occurredAt === undefined ||
    actor === undefined ||
    version === undefined
  ) {
    throw new ForeignEvent(event);
  }
  const metadata: EventMetadata = {
    correlationId: $correlationId,
    causationId: $causationId,
    occurredAt,
    actor,
    ...(traceparent !== undefined && { traceparent }),
  };
  return { metadata, version, origin: origin && decodeOrigin(origin) };
}

function decodeOrigin({ position, recordedAt }: NonNullable<StoredMetadata['origin']>) {
  return { position: BigInt(position), recordedAt: new Date(recordedAt) };
}

function parse(json: string): JsonObject {
  try {
    const value = JSON.parse(json) as JsonObject | null;
    return value ?? {};
  } catch {
    return {};
  }
}

/** An event without our metadata: the store is for this program alone. */
export class ForeignEvent extends Error {
  override readonly name = 'ForeignEvent';
  constructor(event: string) {
    super(`${event} was not written by this program: its metadata is not ours`);
  }
}
