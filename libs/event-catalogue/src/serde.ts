import type { DomainEvent } from '@imprest/domain';
import { definitionOf } from './catalogue.js';
import type { EventEnvelope, EventMetadata, JsonObject } from './envelope.js';
import type { EventDefinition } from './event-definition.js';

/** From the domain's form to the one a store keeps. */
export function toEnvelope(
  event: DomainEvent,
  eventId: string,
  metadata: EventMetadata,
): EventEnvelope {
  const { version, schema } = definitionOf(event.type);
  return {
    eventId,
    type: event.type,
    version,
    data: schema.encode(event.data) as JsonObject,
    metadata,
  };
}

/** Lifts stored data to the current version. @throws EventFromTheFuture */
export function upcast(type: string, version: number, data: JsonObject): JsonObject {
  return upcastWith(definitionOf(type), type, version, data);
}

export function upcastWith(
  definition: Pick<EventDefinition, 'version' | 'upcasters'>,
  type: string,
  version: number,
  data: JsonObject,
): JsonObject {
  if (version > definition.version) throw new EventFromTheFuture(type, version);
  let current = data;
  for (let step = version; step < definition.version; step += 1) {
    const lift = definition.upcasters[step - 1];
    if (lift === undefined) throw new Error(`${type} has no upcaster from version ${step}`);
    current = lift(current);
  }
  return current;
}

/** From a store's form, of any version ever written, to the domain's. */
export function toDomainEvent(
  stored: Pick<EventEnvelope, 'type' | 'version' | 'data'>,
): DomainEvent {
  const definition = definitionOf(stored.type);
  const data =
    stored.version === definition.version
      ? stored.data
      : upcastWith(definition, stored.type, stored.version, stored.data);
  return { type: stored.type, data: definition.schema.decode(data) } as DomainEvent;
}

/** Written by a newer release than this one: reading on would lose what it says. */
export class EventFromTheFuture extends Error {
  override readonly name = 'EventFromTheFuture';
  constructor(
    readonly type: string,
    readonly version: number,
  ) {
    super(`${type} version ${version} is newer than this release knows`);
  }
}
