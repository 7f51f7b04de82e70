import type { DomainEvent } from '@imprest/domain';
import type { JsonObject } from './envelope.js';
import type { Schema } from './schema.js';

export type EventOf<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>;

/** Turns the data of version `n` into that of version `n + 1`. */
export type Upcaster = (data: JsonObject) => JsonObject;

export interface EventDefinition<Data = unknown> {
  /** Category of the streams that hold it; also the name of its topic. */
  readonly category: string;
  /** Current version of the schema, from 1. Any change of the schema needs a new one. */
  readonly version: number;
  readonly schema: Schema<Data>;
  /** One for each earlier version: `upcasters[0]` lifts version 1 to 2. */
  readonly upcasters: readonly Upcaster[];
}

/** A definition in its first version. */
export function firstVersion<Data>(category: string, schema: Schema<Data>): EventDefinition<Data> {
  return { category, version: 1, schema, upcasters: [] };
}
