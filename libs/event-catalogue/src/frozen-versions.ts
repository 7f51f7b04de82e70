import { readFileSync } from 'node:fs';
import { catalogue } from './catalogue.js';
import type { JsonObject } from './envelope.js';
import type { EventDefinition } from './event-definition.js';
import type { JsonSchema } from './schema.js';

/** One version of an event type as it was when it was frozen; stores and topics may hold events of any. */
export interface FrozenVersion {
  readonly type: string;
  readonly version: number;
  readonly category: string;
  readonly schema: JsonSchema;
  /** One realistic event in stored form. */
  readonly data: JsonObject;
}

const samples = new URL('../samples/', import.meta.url);

/** Every version of every type, in the order of the catalogue, oldest first. @throws when a sample is missing */
export function frozenVersions(): readonly FrozenVersion[] {
  return Object.entries<EventDefinition>(catalogue).flatMap(([type, { version }]) =>
    Array.from({ length: version }, (_, before) => {
      const file = new URL(`${type}.v${before + 1}.json`, samples);
      return JSON.parse(readFileSync(file, 'utf8')) as FrozenVersion;
    }),
  );
}
