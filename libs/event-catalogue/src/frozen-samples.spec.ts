import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  catalogue,
  definitionOf,
  type EventType,
  type JsonObject,
  toDomainEvent,
  upcast,
} from './index.js';

/** One released version of an event type, as it was then. */
interface FrozenSample {
  readonly type: EventType;
  readonly version: number;
  readonly category: string;
  readonly schema: unknown;
  readonly data: JsonObject;
}

const folder = new URL('../samples/', import.meta.url);
const samples = readdirSync(folder).map((file) => {
  const sample: FrozenSample = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return { file, ...sample };
});
const types = Object.keys(catalogue) as EventType[];

describe.each(types)('%s', (type) => {
  const { version, category, schema } = catalogue[type];
  const own = samples.filter((sample) => sample.type === type);

  test('has a sample of every version so far; npm run events:freeze writes a missing one', () => {
    const versions = own.map((sample) => sample.version).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: version }, (_, index) => index + 1));
  });

  test('has an upcaster from every earlier version', () => {
    expect(definitionOf(type).upcasters).toHaveLength(version - 1);
  });

  test('has the schema that was frozen: a change needs a new version, a sample and an upcaster', () => {
    const frozen = own.find((sample) => sample.version === version);
    expect(schema.jsonSchema).toEqual(frozen?.schema);
  });

  test('stays in its category: events of other streams would be lost to their readers', () => {
    for (const sample of own) expect(sample.category).toBe(category);
  });
});

describe.each(samples)('$file', ({ file, type, version, data }) => {
  test('is named after its type and version, which the catalogue knows', () => {
    expect(file).toBe(`${type}.v${version}.json`);
    expect(types).toContain(type);
    expect(version).toBeLessThanOrEqual(definitionOf(type).version);
  });

  test('can be read today', () => {
    const lifted = upcast(type, version, data);
    expect(definitionOf(type).schema.problem(lifted, type)).toBeUndefined();
  });

  test('says the same when it is read and written again', () => {
    const event = toDomainEvent({ type, version, data });
    expect(definitionOf(type).schema.encode(event.data)).toEqual(upcast(type, version, data));
  });
});
