export type SqlValue = string | number | bigint | boolean | null;

const NEEDS_NO_QUOTES = /^[A-Za-z0-9_:.+-]+$/;

/**
 * An array as PostgreSQL reads it from text (section "Array Input and Output Syntax"). Inside an array that
 * is unnested it is one text: arrays of different lengths make no array of two dimensions.
 */
export function arrayLiteral(values: readonly SqlValue[]): string {
  return `{${values.map(element).join(',')}}`;
}

function element(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return String(value);
  if (NEEDS_NO_QUOTES.test(value) && value.toLowerCase() !== 'null') return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
