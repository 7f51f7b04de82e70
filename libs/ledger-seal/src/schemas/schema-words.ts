/** JSON Schema 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

export const text = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  description,
  ...more,
});

export const hash = (description: string): JsonSchema =>
  text(`${description} SHA-256 in hexadecimal.`, { pattern: '^[0-9a-f]{64}$' });

export const amount = (description: string): JsonSchema =>
  text(`${description} A whole number as a decimal string.`, {
    pattern: '^(0|-?[1-9][0-9]{0,18})$',
  });

export const time = (description: string): JsonSchema =>
  text(`${description} ISO 8601, UTC, with milliseconds.`, { format: 'date-time' });

export const count = (description: string): JsonSchema => ({
  type: 'integer',
  minimum: 0,
  maximum: 4_294_967_295,
  description,
});

export const list = (items: JsonSchema, description: string): JsonSchema => ({
  type: 'array',
  description,
  items,
});

export const oneOf = (values: readonly string[], description: string): JsonSchema =>
  text(description, { enum: values });

export const orNull = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  type: [schema.type, 'null'],
  ...(Array.isArray(schema.enum) && { enum: [...schema.enum, null] }),
});

/** Every field is always there, and no other. */
export const object = (
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  mayBeMissing: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  description,
  properties,
  required: Object.keys(properties).filter((name) => !mayBeMissing.includes(name)),
  additionalProperties: false,
});
