import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  catalogue,
  definitionOf,
  type EventType,
  type JsonSchema,
  type JsonValue,
  toDomainEvent,
  toEnvelope,
} from './index.js';

// Many runs on a machine that does other work as well.
vi.setConfig({ testTimeout: 30_000 });

/** Whatever JSON a schema of the catalogue allows. */
function jsonOf(schema: JsonSchema): fc.Arbitrary<JsonValue> {
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as string[]));
  if (Array.isArray(schema.anyOf)) return fc.oneof(...(schema.anyOf as JsonSchema[]).map(jsonOf));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.maxSafeInteger();
    case 'number':
      // JSON has no negative zero.
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    case 'string':
      return textOf(schema);
    case 'array':
      return fc.array(jsonOf(schema.items as JsonSchema), { maxLength: 4 });
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties as Record<string, JsonSchema>).map(([key, property]) => [
            key,
            jsonOf(property),
          ]),
        ),
      );
    default:
      throw new Error(`no arbitrary for ${JSON.stringify(schema)}`);
  }
}

function textOf(schema: JsonSchema): fc.Arbitrary<string> {
  if (schema.format === 'date-time') {
    const min = new Date('1970-01-01T00:00:00.000Z');
    const max = new Date('2999-12-31T23:59:59.999Z');
    return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
  }
  if (schema.pattern !== undefined) return fc.bigInt().map(String);
  return fc.string({ unit: 'grapheme' });
}

const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);

const metadata = {
  correlationId: 'req_1',
  causationId: 'cmd_1',
  occurredAt: '2026-01-15T09:00:00.000Z',
  actor: { kind: 'system', id: 'test' },
} as const;

describe.each(Object.keys(catalogue) as EventType[])('any %s', (type) => {
  const { version, schema } = definitionOf(type);
  const data = jsonOf(schema.jsonSchema) as fc.Arbitrary<{ readonly [key: string]: JsonValue }>;

  test('is read, written and read again as the same', () => {
    fc.assert(
      fc.property(data, (json) => {
        expect(schema.problem(json, type)).toBeUndefined();
        const event = toDomainEvent({ type, version, data: json });
        const stored = JSON.parse(JSON.stringify(toEnvelope(event, 'id', metadata)));
        expect(stored.data).toEqual(json);
        expect(toDomainEvent(stored)).toEqual(event);
      }),
      { numRuns: 50 },
    );
  });

  test('is judged by its JSON Schema as by the catalogue, also with a field spoilt', () => {
    const isValid = ajv.compile(schema.jsonSchema);
    const spoilt = fc
      .tuple(data, fc.nat(), fc.constantFrom<JsonValue | undefined>(undefined, null, 1.5, '', []))
      .map(([json, nth, value]) => {
        const keys = Object.keys(json);
        return { ...json, [keys[nth % keys.length] ?? 'more']: value };
      });
    fc.assert(
      fc.property(fc.oneof(data, spoilt), (json) => {
        const stored = JSON.parse(JSON.stringify(json));
        expect(isValid(stored)).toBe(schema.problem(stored, type) === undefined);
      }),
      { numRuns: 50 },
    );
  });
});
