const NEEDS_NO_QUOTES = /^[A-Za-z0-9_:.+-]+$/;

/**
 * One array as PostgreSQL reads it from text, for arrays within an unnested array: those of
 * different lengths make no array of two dimensions, so each travels as a text of its own.
 */
export function arrayLiteral(values: readonly (string | number | bigint)[]): string {
  return `{${values.map(element).join(',')}}`;
}

function element(value: string | number | bigint): string {
  const text = String(value);
  if (NEEDS_NO_QUOTES.test(text) && text.toLowerCase() !== 'null') return text;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
