import type { SchemaObject } from '@imprest/platform';

/** Shorthands for the plain JSON Schema objects of this folder. */

export const text = (description: string, more: SchemaObject = {}): SchemaObject => ({
  type: 'string',
  description,
  ...more,
});

export const timestamp = (description: string): SchemaObject =>
  text(`${description} ISO 8601, UTC.`, {
    format: 'date-time',
    examples: ['2026-11-20T09:30:00.000Z'],
  });

export const url = (description: string): SchemaObject => text(description, { format: 'uri' });

export const oneOf = (values: readonly string[], description: string): SchemaObject =>
  text(description, { enum: values });

/** A whole amount of tokens that may pass 2^53. */
export const amount = (description: string): SchemaObject =>
  text(`${description} A whole number of tokens as a decimal string.`, {
    pattern: '^-?[0-9]+$',
    examples: ['1000'],
  });

export const count = (description: string, more: SchemaObject = {}): SchemaObject => ({
  type: 'integer',
  minimum: 0,
  description,
  ...more,
});

export const flag = (description: string): SchemaObject => ({ type: 'boolean', description });

export const list = (items: SchemaObject, description: string): SchemaObject => ({
  type: 'array',
  description,
  items,
});

export const orNull = (schema: SchemaObject): SchemaObject => ({
  ...schema,
  type: [schema.type, 'null'],
  ...(Array.isArray(schema.enum) && { enum: [...schema.enum, null] }),
});

/** Every field is always there, but those that `optional` names. */
export function object(
  description: string,
  properties: Readonly<Record<string, SchemaObject>>,
  optional: readonly string[] = [],
): SchemaObject {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', description, properties, required };
}

export function page(name: string, item: SchemaObject, description: string): SchemaObject {
  const nextCursor = text('Send it as `cursor` for the next page; null on the last one.');
  return object(description, {
    [name]: list(item, 'At most `limit`.'),
    nextCursor: orNull(nextCursor),
  });
}
