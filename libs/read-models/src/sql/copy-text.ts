import { arrayLiteral, type SqlValue } from './array-literal.js';
import { encoderOf } from './values.js';

const NEEDS_ESCAPE = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};
const NULL = '\\N';

/** Types whose text holds nothing that COPY would take for something else. */
const PLAIN: ReadonlySet<string> = new Set(['bigint', 'int', 'boolean', 'uuid', 'timestamptz']);

/** How a column's values are written in COPY's text format (PostgreSQL, "COPY", File Formats). */
export function copyFieldOf(type: string): (value: unknown) => string {
  const field = presentFieldOf(type);
  return (value) => (value === null || value === undefined ? NULL : field(value));
}

function presentFieldOf(type: string): (value: unknown) => string {
  if (type === 'bytea') return (value) => `\\\\x${(value as Buffer).toString('hex')}`;
  if (type === 'bigint[]') return (value) => arrayLiteral(value as readonly SqlValue[]);
  const encode = encoderOf(type);
  if (PLAIN.has(type)) return (value) => String(encode(value));
  return (value) => escaped(String(encode(value)));
}

function escaped(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string);
}
