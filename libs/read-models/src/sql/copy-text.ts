import type { SqlValue } from './array-literal.js';

const NEEDS_ESCAPE = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** One line of COPY's text format (PostgreSQL, "COPY", File Formats). */
export function copyLine(values: readonly SqlValue[]): string {
  return `${values.map(field).join('\t')}\n`;
}

function field(value: SqlValue): string {
  if (value === null) return '\\N';
  const text = String(value);
  if (!NEEDS_ESCAPE.test(text)) return text;
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string);
}
