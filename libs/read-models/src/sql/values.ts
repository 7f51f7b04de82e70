import { arrayLiteral } from './array-literal.js';

export type SqlValue = string | number | bigint | boolean | null;

export const isArrayType = (type: string) => type.endsWith('[]');

/** A property's value as PostgreSQL reads it from text. */
export function encoded(value: unknown, type: string): SqlValue {
  if (value === null || value === undefined) return null;
  if (isArrayType(type)) return storable(arrayLiteral(value as readonly (string | bigint)[]));
  if (type === 'json') return JSON.stringify(value);
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? storable(value) : (value as SqlValue);
}

/** PostgreSQL's text holds no NUL; refusing it would stop the projector at this event for ever. */
function storable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}

/** What node-postgres read from a column, as the entity declares it. */
export function decoded(value: unknown, type: string): unknown {
  if (value === null) return null;
  if (type === 'bigint') return BigInt(value as string);
  if (type === 'bigint[]') return (value as string[]).map(BigInt);
  return value;
}
