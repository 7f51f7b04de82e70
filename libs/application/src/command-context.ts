import type { Actor, RecordedEvent } from '@imprest/event-catalogue';

/** Why and for whom a command runs; becomes the metadata of its events. */
export interface CommandContext {
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: Actor;
  /** W3C Trace Context, while the trace is recorded. */
  readonly traceparent?: string;
}

/** Where a chain of commands and events began. */
export type Origin = Pick<CommandContext, 'correlationId' | 'traceparent'>;

/** Context of a command that an event led to. */
export function causedBy(event: RecordedEvent, reactor: string): CommandContext {
  return {
    correlationId: event.metadata.correlationId,
    causationId: event.eventId,
    actor: { kind: 'system', id: reactor },
    traceparent: event.metadata.traceparent,
  };
}
