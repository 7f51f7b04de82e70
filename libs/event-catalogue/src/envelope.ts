export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

export type JsonObject = { readonly [key: string]: JsonValue | undefined };

/**
 * Who caused a fact: an API key, an operator by a key, a person who had signed in, a worker, or a part
 * of the system itself.
 */
export interface Actor {
  readonly kind: 'apiKey' | 'operator' | 'user' | 'worker' | 'system';
  readonly id: string;
}

export interface EventMetadata {
  /** The request that started it all. */
  readonly correlationId: string;
  /** The command or event that led directly to this one. */
  readonly causationId: string;
  /** ISO 8601, when it happened; the store's own clock says when it was known. */
  readonly occurredAt: string;
  readonly actor: Actor;
  /** W3C Trace Context of what led to it, while its trace is recorded. */
  readonly traceparent?: string;
}

/** An event on its way into a store: `data` is plain JSON, amounts are decimal strings. */
export interface EventEnvelope {
  /** UUID. Appending the same id at the same revision twice writes once. */
  readonly eventId: string;
  readonly type: string;
  /** Version of the type's schema, from 1. */
  readonly version: number;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
}

/** An event as a store gives it back. */
export interface RecordedEvent extends EventEnvelope {
  readonly stream: string;
  /** From 0 within its stream, no gaps. */
  readonly revision: number;
  /** Global, strictly growing, may have gaps. */
  readonly position: bigint;
  /** When the store knew it. */
  readonly recordedAt: Date;
}
