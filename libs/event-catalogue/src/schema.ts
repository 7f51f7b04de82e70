import { isTimestamp } from '@imprest/domain';
import type { JsonObject, JsonValue } from './envelope.js';

/** JSON Schema 2020-12, as far as event data needs it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * Shape of a value on its way between the domain (amounts are `bigint`) and JSON (amounts are decimal
 * strings). One declaration gives the codec, the JSON Schema and the fingerprint of a version.
 */
export interface Schema<T> {
  readonly jsonSchema: JsonSchema;
  /** True when domain form and JSON form are the same: such values pass through uncopied. */
  readonly plain: boolean;
  /** Whether an object may go without the field. */
  readonly optional?: true;
  encode(value: T): JsonValue;
  decode(json: JsonValue): T;
  /** Where and how a JSON value breaks the schema; undefined when it does not. */
  problem(json: JsonValue | undefined, path: string): string | undefined;
}

function plainSchema<T>(
  jsonSchema: JsonSchema,
  rule: string,
  holds: (json: JsonValue | undefined) => boolean,
): Schema<T> {
  return {
    jsonSchema,
    plain: true,
    encode: (value) => value as JsonValue,
    decode: (json) => json as T,
    problem: (json, path) => (holds(json) ? undefined : `${path} must be ${rule}`),
  };
}

export const string = (): Schema<string> =>
  plainSchema({ type: 'string' }, 'a string', (json) => typeof json === 'string');

export const boolean = (): Schema<boolean> =>
  plainSchema({ type: 'boolean' }, 'a boolean', (json) => typeof json === 'boolean');

export const integer = (): Schema<number> =>
  plainSchema({ type: 'integer' }, 'an integer', (json) => Number.isSafeInteger(json));

export const number = (): Schema<number> =>
  plainSchema({ type: 'number' }, 'a number', (json) => Number.isFinite(json));

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** An instant in UTC with milliseconds: the one spelling that sorts as text. */
export const timestamp = (): Schema<string> =>
  plainSchema(
    { type: 'string', format: 'date-time', pattern: TIMESTAMP.source },
    'a UTC timestamp with milliseconds',
    (json) => typeof json === 'string' && isTimestamp(json),
  );

export const oneOf = <const T extends string>(...values: readonly T[]): Schema<T> =>
  plainSchema({ enum: [...values].sort() }, `one of ${values.join(', ')}`, (json) =>
    (values as readonly unknown[]).includes(json),
  );

const DECIMAL = /^(0|-?[1-9][0-9]*)$/;

/** A whole amount: `bigint` here, a decimal string in JSON. */
export const amount = (): Schema<bigint> => ({
  jsonSchema: { type: 'string', pattern: DECIMAL.source },
  plain: false,
  encode: (value) => value.toString(),
  decode: (json) => BigInt(json as string),
  problem: (json, path) =>
    typeof json === 'string' && DECIMAL.test(json)
      ? undefined
      : `${path} must be a whole decimal amount in a string`,
});

export const nullable = <T>(inner: Schema<T>): Schema<T | null> => ({
  jsonSchema: { anyOf: [inner.jsonSchema, { type: 'null' }] },
  plain: inner.plain,
  encode: (value) => (value === null ? null : inner.encode(value)),
  decode: (json) => (json === null ? null : inner.decode(json)),
  problem: (json, path) => (json === null ? undefined : inner.problem(json, path)),
});

export const list = <T>(inner: Schema<T>): Schema<readonly T[]> => ({
  jsonSchema: { type: 'array', items: inner.jsonSchema },
  plain: inner.plain,
  encode: (values) =>
    inner.plain ? (values as readonly JsonValue[]) : values.map((value) => inner.encode(value)),
  decode: (json) => {
    const items = json as readonly JsonValue[];
    return inner.plain ? (items as readonly T[]) : items.map((item) => inner.decode(item));
  },
  problem: (json, path) => {
    if (!Array.isArray(json)) return `${path} must be a list`;
    for (const [index, item] of json.entries()) {
      const found = inner.problem(item, `${path}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  },
});

/** A field of an object that may be left out. */
export const optional = <T>(inner: Schema<T>): Schema<T | undefined> => ({
  ...inner,
  optional: true,
  encode: (value) => inner.encode(value as T),
  problem: (json, path) => (json === undefined ? undefined : inner.problem(json, path)),
});

export type Fields<T> = { readonly [Key in keyof T]-?: Schema<T[Key]> };

/** An object with exactly these fields; undeclared ones are kept out by `problem`, not by `encode`. */
export function object<T extends object>(fields: Fields<T>): Schema<T> {
  const entries = Object.entries(fields) as [string, Schema<unknown>][];
  const converted = entries.filter(([, schema]) => !schema.plain);
  const convert = (value: object, how: 'encode' | 'decode') => {
    const copy: Record<string, unknown> = { ...value };
    for (const [key, schema] of converted) {
      if (schema.optional && copy[key] === undefined) continue;
      copy[key] =
        how === 'encode' ? schema.encode(copy[key]) : schema.decode(copy[key] as JsonValue);
    }
    return copy;
  };
  return {
    jsonSchema: {
      type: 'object',
      properties: Object.fromEntries(entries.map(([key, schema]) => [key, schema.jsonSchema])),
      required: entries
        .filter(([, schema]) => !schema.optional)
        .map(([key]) => key)
        .sort(),
      additionalProperties: false,
    },
    plain: converted.length === 0,
    encode: (value) =>
      (converted.length === 0 ? value : convert(value, 'encode')) as unknown as JsonObject,
    decode: (json) =>
      (converted.length === 0 ? json : convert(json as object, 'decode')) as unknown as T,
    problem: (json, path) => {
      if (typeof json !== 'object' || json === null || Array.isArray(json)) {
        return `${path} must be an object`;
      }
      const record = json as JsonObject;
      for (const key of Object.keys(record)) {
        if (!Object.hasOwn(fields, key)) return `${path}.${key} is not declared`;
      }
      for (const [key, schema] of entries) {
        const found = schema.problem(record[key], `${path}.${key}`);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
